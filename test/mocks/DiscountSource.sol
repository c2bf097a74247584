// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IFeeDiscount} from "../../contracts/dex/interfaces/IFeeDiscount.sol";

/// @notice Discounts as they are set, within and beyond what makes sense.
contract DiscountSource is IFeeDiscount {
    mapping(address => uint256) public discountOf;

    function set(address account, uint256 discount) external {
        discountOf[account] = discount;
    }
}
