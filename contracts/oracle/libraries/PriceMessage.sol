// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice One feed's observation. Low to high: round 40 | age 24 | answer 88 | feed id 32.
type PriceRecord is uint184;

using PriceMessage for PriceRecord global;

/// @notice What travels: the second of observation in 4 bytes, then 23 bytes a record.
library PriceMessage {
    uint256 internal constant HEADER_SIZE = 4;
    uint256 internal constant RECORD_SIZE = 23;

    uint256 private constant _AGE = 40;
    uint256 private constant _ANSWER = 64;
    uint256 private constant _FEED_ID = 152;

    /// @dev Each value must fit its field.
    function record(
        uint256 feedId_,
        uint256 answer_,
        uint256 age_,
        uint256 round_
    ) internal pure returns (PriceRecord) {
        return PriceRecord.wrap(uint184((feedId_ << _FEED_ID) | (answer_ << _ANSWER) | (age_ << _AGE) | round_));
    }

    function encode(uint256 observedAt_, PriceRecord[] memory records) internal pure returns (bytes memory message) {
        message = abi.encodePacked(uint32(observedAt_));
        for (uint256 i; i < records.length; ++i) {
            message = abi.encodePacked(message, PriceRecord.unwrap(records[i]));
        }
    }

    /// @return How many records the message has; zero when it is not well formed.
    function count(bytes calldata message) internal pure returns (uint256) {
        if (message.length < HEADER_SIZE) return 0;
        unchecked {
            uint256 size = message.length - HEADER_SIZE;
            // Exact, or not well formed.
            uint256 records = size / RECORD_SIZE;
            return records * RECORD_SIZE == size ? records : 0;
        }
    }

    /// @dev The message must be well formed, which `count` has found: only then are the bytes that these two take its own.
    /// They are loaded as they lie, since a slice of calldata checks once more for every record what `count` found for all.
    function observedAt(bytes calldata message) internal pure returns (uint256 second) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // The first 4 bytes.
            second := shr(224, calldataload(message.offset))
        }
    }

    /// @dev `index` must be below `count`.
    function at(bytes calldata message, uint256 index) internal pure returns (PriceRecord found) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // The first 23 bytes from there.
            found := shr(72, calldataload(add(message.offset, add(HEADER_SIZE, mul(index, RECORD_SIZE)))))
        }
    }

    function feedId(PriceRecord self) internal pure returns (uint256) {
        return PriceRecord.unwrap(self) >> _FEED_ID;
    }

    function answer(PriceRecord self) internal pure returns (uint256) {
        return (PriceRecord.unwrap(self) >> _ANSWER) & type(uint88).max;
    }

    /// @return Seconds between Chainlink's update and the observation.
    function age(PriceRecord self) internal pure returns (uint256) {
        return (PriceRecord.unwrap(self) >> _AGE) & type(uint24).max;
    }

    /// @return phase 8 | aggregator round 32
    function round(PriceRecord self) internal pure returns (uint256) {
        return PriceRecord.unwrap(self) & type(uint40).max;
    }
}
