// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Prices as they are set, one word each: what the compared lending protocols are measured with too. Answers
/// `tryPrice` as `IPriceOracle` says, always fresh.
contract PlainOracle {
    uint256 private constant _FRESH = 3;

    mapping(address asset => uint256) private _prices;

    function set(address asset, uint256 price) external {
        _prices[asset] = price;
    }

    function tryPrice(
        address asset
    ) external view returns (uint256 low, uint256 high, uint256 updatedAt, uint256 liquidatableFrom, uint256 quality) {
        uint256 price = _prices[asset];
        return (price, price, block.timestamp, 0, _FRESH);
    }
}
