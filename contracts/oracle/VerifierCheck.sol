// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILayerZeroEndpointV2} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";

import {IUlnConfig} from "./interfaces/IUlnConfig.sol";
import {IVerifierCheck} from "./interfaces/IVerifierCheck.sol";
import {UlnSettings} from "./libraries/UlnSettings.sol";

/// @notice A view for deployments and for whoever wants to know, apart from the hot path.
contract VerifierCheck is IVerifierCheck {
    ILayerZeroEndpointV2 public immutable ENDPOINT;

    constructor(address endpoint) {
        ENDPOINT = ILayerZeroEndpointV2(endpoint);
    }

    /// @inheritdoc IVerifierCheck
    function checkReceiver(address oapp, uint32 eid) external view returns (address[] memory requiredDVNs) {
        (address used, bool isDefault) = ENDPOINT.getReceiveLibrary(oapp, eid);
        if (isDefault) revert DefaultLibrary(oapp, eid);
        // A library that was replaced may go on delivering for a while, with verifiers of its own.
        (address former, uint256 expiry) = ENDPOINT.receiveLibraryTimeout(oapp, eid);
        if (former != address(0) && expiry > block.number) revert FormerLibrary(oapp, eid, former, expiry);

        return _requiredDVNs(used, oapp, eid);
    }

    /// @inheritdoc IVerifierCheck
    function checkSender(address oapp, uint32 eid) external view returns (address[] memory requiredDVNs) {
        if (ENDPOINT.isDefaultSendLibrary(oapp, eid)) revert DefaultLibrary(oapp, eid);

        return _requiredDVNs(ENDPOINT.getSendLibrary(oapp, eid), oapp, eid);
    }

    function _requiredDVNs(address library_, address oapp, uint32 eid) private view returns (address[] memory) {
        IUlnConfig.UlnConfig memory config = IUlnConfig(library_).getAppUlnConfig(oapp, eid);
        uint256 count = UlnSettings.requiredOf(config);
        if (count < UlnSettings.LEAST_DVNS) revert TooFewDVNs(oapp, eid, count, UlnSettings.LEAST_DVNS);

        return config.requiredDVNs;
    }
}
