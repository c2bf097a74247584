// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice An oracle with one quote for everything, in five words as they were given, sensible or not.
contract QuoteStub {
    uint256 private immutable LOW;
    uint256 private immutable HIGH;
    uint256 private immutable UPDATED_AT;
    uint256 private immutable FROM;
    uint256 private immutable QUALITY;

    constructor(uint256 low, uint256 high, uint256 updatedAt, uint256 from, uint256 quality) {
        (LOW, HIGH, UPDATED_AT, FROM, QUALITY) = (low, high, updatedAt, from, quality);
    }

    function tryPrice(address) external view returns (uint256, uint256, uint256, uint256, uint256) {
        return (LOW, HIGH, UPDATED_AT, FROM, QUALITY);
    }
}
