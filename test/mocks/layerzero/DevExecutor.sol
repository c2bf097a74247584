// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILayerZeroExecutor} from "@layerzerolabs/lz-evm-messagelib-v2/contracts/interfaces/ILayerZeroExecutor.sol";
import {
    ILayerZeroEndpointV2,
    Origin
} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";
import {ExecutorOptions} from "@layerzerolabs/lz-evm-protocol-v2/contracts/messagelib/libs/ExecutorOptions.sol";

/// @dev LayerZero's own interface leaves it out, since applications have no use for it.
interface IReceiveAlert {
    function lzReceiveAlert(
        Origin calldata origin,
        address receiver,
        bytes32 guid,
        uint256 gas_,
        uint256 value,
        bytes calldata message,
        bytes calldata extraData,
        bytes calldata reason
    ) external;
}

/// @notice An executor of LayerZero messages for chains of development: a fixed fee, and one key that delivers. It takes
/// gas for `lzReceive` and nothing else: what it could not do it refuses when the message is sent, as a real one does.
contract DevExecutor is ILayerZeroExecutor {
    using ExecutorOptions for bytes;

    /// @dev For the alert after a delivery that failed.
    uint256 private constant _ALERT_GAS = 300_000;

    ILayerZeroEndpointV2 public immutable ENDPOINT;
    address public immutable owner;
    uint256 public immutable fee;

    error NotOwner(address caller);
    error NoReceiveGas();
    error UnsupportedOption(uint8 optionType);
    error UnsupportedValue(uint256 value);
    error NotEnoughGas(uint256 left, uint256 needed);

    constructor(ILayerZeroEndpointV2 endpoint, address owner_, uint256 fee_) {
        (ENDPOINT, owner, fee) = (endpoint, owner_, fee_);
    }

    /// @notice Delivers with exactly the gas that was paid for. A receiver that fails leaves LayerZero's alert.
    function deliver(
        Origin calldata origin,
        address receiver,
        bytes32 guid,
        bytes calldata message,
        uint256 gas_
    ) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        // A call forwards at most 63/64 of what is left, and would silently give less than was paid for.
        uint256 needed = gas_ + gas_ / 63 + _ALERT_GAS;
        if (gasleft() < needed) revert NotEnoughGas(gasleft(), needed);

        try ENDPOINT.lzReceive{gas: gas_}(origin, receiver, guid, message, "") {} catch (bytes memory reason) {
            IReceiveAlert(address(ENDPOINT)).lzReceiveAlert(origin, receiver, guid, gas_, 0, message, "", reason);
        }
    }

    function assignJob(uint32, address, uint256, bytes calldata options) external view returns (uint256) {
        return _price(options);
    }

    function getFee(uint32, address, uint256, bytes calldata options) external view returns (uint256) {
        return _price(options);
    }

    function _price(bytes calldata options) private view returns (uint256) {
        uint256 total;
        for (uint256 cursor; cursor < options.length;) {
            uint8 optionType;
            bytes calldata option;
            (optionType, option, cursor) = options.nextExecutorOption(cursor);
            if (optionType != ExecutorOptions.OPTION_TYPE_LZRECEIVE) revert UnsupportedOption(optionType);

            (uint128 gas_, uint128 value) = option.decodeLzReceiveOption();
            if (value != 0) revert UnsupportedValue(value);
            total += gas_;
        }
        if (total == 0) revert NoReceiveGas();

        return fee;
    }
}
