// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeedReceiver} from "../interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @notice Asks the receiver, and takes its answer where the call leaves it: the compiler would copy and check again every
/// word of a contract that is ours and fixed. An answer that is too short counts as a failed call; what a failed call
/// returned is passed on.
library ReceiverReader {
    /// @return price as `IPriceFeedReceiver.freshPrice`
    function freshPrice(IPriceFeedReceiver receiver, uint256 feedId) internal view returns (uint256 price) {
        bytes4 selector = IPriceFeedReceiver.freshPrice.selector;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Both fit the scratch space.
            mstore(0x00, selector)
            mstore(0x04, feedId)
            if iszero(and(gt(returndatasize(), 0x1f), staticcall(gas(), receiver, 0x00, 0x24, 0x00, 0x20))) {
                let memory_ := mload(0x40)
                returndatacopy(memory_, 0, returndatasize())
                revert(memory_, returndatasize())
            }
            price := mload(0x00)
        }
    }

    /// @return quoted as `IPriceFeedReceiver.quote`, which has the same words; a stale feed is `Halted`
    function quote(
        IPriceFeedReceiver receiver,
        uint256 feedId
    ) internal view returns (IPriceOracle.Quote memory quoted) {
        bytes4 selector = IPriceFeedReceiver.quote.selector;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // The struct is there already: its first words hold the call until the answer comes.
            mstore(quoted, selector)
            mstore(add(quoted, 0x04), feedId)
            if iszero(and(gt(returndatasize(), 0x9f), staticcall(gas(), receiver, quoted, 0x24, quoted, 0xa0))) {
                returndatacopy(mload(0x40), 0, returndatasize())
                revert(mload(0x40), returndatasize())
            }
            // Stale, pending, fresh are 0, 1, 2; halted, fallback, pending, fresh are 0, 1, 2, 3.
            let state := mload(add(quoted, 0x80))
            mstore(add(quoted, 0x80), add(state, iszero(iszero(state))))
        }
    }
}
