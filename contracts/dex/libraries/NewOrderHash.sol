// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../libraries/Price.sol";
import {IOrderTypes} from "../interfaces/IOrderTypes.sol";

/// @notice EIP-712 of a new order, as Permit2's witness.
library NewOrderHash {
    bytes32 internal constant TYPEHASH = keccak256(
        "NewOrder(address maker,address sellToken,address buyToken,uint256 sellAmount,uint80 price,uint32 expiry,"
        "uint16 terms,address privateTaker,uint40 releaseStart,uint40 releaseEnd)"
    );
    /// @dev What Permit2 appends to its own type: the witness field, then the types it refers to, by name.
    string internal constant PERMIT2_WITNESS =
        "NewOrder witness)"
        "NewOrder(address maker,address sellToken,address buyToken,uint256 sellAmount,uint80 price,uint32 expiry,"
        "uint16 terms,address privateTaker,uint40 releaseStart,uint40 releaseEnd)"
        "TokenPermissions(address token,uint256 amount)";

    function hash(IOrderTypes.NewOrder calldata o) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    TYPEHASH,
                    o.maker,
                    o.sellToken,
                    o.buyToken,
                    o.sellAmount,
                    Price.unwrap(o.price),
                    o.expiry,
                    o.terms,
                    o.privateTaker,
                    o.releaseStart,
                    o.releaseEnd
                )
            );
    }
}
