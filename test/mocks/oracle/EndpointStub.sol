// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    MessagingFee,
    MessagingParams,
    MessagingReceipt
} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";
import {SetConfigParam} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/IMessageLibManager.sol";

import {IUlnConfig} from "../../../contracts/oracle/interfaces/IUlnConfig.sol";

/// @notice Remembers what an application asks of an endpoint and of a message library, and charges a fee. The real ones
/// are in `layerzero.test.ts`.
contract EndpointStub is IUlnConfig {
    uint256 public constant FEE = 0.01 ether;

    mapping(address oapp => address) public delegates;
    mapping(address oapp => mapping(uint32 eid => address)) public sendLibraries;
    mapping(address oapp => mapping(uint32 eid => address)) public receiveLibraries;
    mapping(address oapp => mapping(uint32 eid => UlnConfig)) private _ulnConfigs;
    bytes public executorConfig;
    bytes public message;
    bytes public options;
    bytes32 public receiver;
    address public former;
    uint256 public formerExpiry;

    error InsufficientFee(uint256 required, uint256 supplied);

    function setDelegate(address delegate) external {
        delegates[msg.sender] = delegate;
    }

    function setSendLibrary(address oapp, uint32 eid, address library_) external {
        sendLibraries[oapp][eid] = library_;
    }

    function setReceiveLibrary(address oapp, uint32 eid, address library_, uint256) external {
        receiveLibraries[oapp][eid] = library_;
    }

    function setFormer(address former_, uint256 expiry) external {
        (former, formerExpiry) = (former_, expiry);
    }

    function setConfig(address oapp, address, SetConfigParam[] calldata params) external {
        for (uint256 i; i < params.length; ++i) {
            if (params[i].configType == 1) executorConfig = params[i].config;
            else setUlnConfig(oapp, params[i].eid, abi.decode(params[i].config, (UlnConfig)));
        }
    }

    function setUlnConfig(address oapp, uint32 eid, UlnConfig memory config) public {
        _ulnConfigs[oapp][eid] = config;
    }

    function send(
        MessagingParams calldata params,
        address refundAddress
    ) external payable returns (MessagingReceipt memory receipt) {
        if (msg.value < FEE) revert InsufficientFee(FEE, msg.value);
        (message, options, receiver) = (params.message, params.options, params.receiver);
        (bool isOk, ) = refundAddress.call{value: msg.value - FEE}("");
        require(isOk, "refund refused");
        receipt.guid = keccak256(params.message);
        receipt.fee.nativeFee = FEE;
    }

    function quote(MessagingParams calldata, address) external pure returns (MessagingFee memory) {
        return MessagingFee(FEE, 0);
    }

    function getSendLibrary(address oapp, uint32 eid) external view returns (address) {
        return sendLibraries[oapp][eid] == address(0) ? address(this) : sendLibraries[oapp][eid];
    }

    function isDefaultSendLibrary(address oapp, uint32 eid) external view returns (bool) {
        return sendLibraries[oapp][eid] == address(0);
    }

    function getReceiveLibrary(address oapp, uint32 eid) external view returns (address, bool) {
        address own = receiveLibraries[oapp][eid];
        return own == address(0) ? (address(this), true) : (own, false);
    }

    function receiveLibraryTimeout(address, uint32) external view returns (address, uint256) {
        return (former, formerExpiry);
    }

    function getAppUlnConfig(address oapp, uint32 eid) external view returns (UlnConfig memory) {
        return _ulnConfigs[oapp][eid];
    }
}
