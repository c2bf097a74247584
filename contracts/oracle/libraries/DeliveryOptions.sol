// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice LayerZero's options of type 3: what a delivery is paid for.
library DeliveryOptions {
    uint16 internal constant TYPE_3 = 3;

    uint8 private constant _EXECUTOR = 1;
    uint16 private constant _GAS_SIZE = 17;
    uint8 private constant _RECEIVE = 1;

    /// @return Whether `more` can be added to other options.
    function isAddable(bytes calldata more) internal pure returns (bool) {
        return more.length == 0 || (more.length >= 2 && uint16(bytes2(more)) == TYPE_3);
    }

    /// @return A delivery with `gas_`, and what `more` adds to it. LayerZero sums what is asked for twice.
    function withGas(uint256 gas_, bytes calldata more) internal pure returns (bytes memory) {
        bytes memory fixed_ = abi.encodePacked(TYPE_3, _EXECUTOR, _GAS_SIZE, _RECEIVE, uint128(gas_));
        return more.length == 0 ? fixed_ : bytes.concat(fixed_, more[2:]);
    }
}
