// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../contracts/libraries/Price.sol";
import {PriceMath} from "../../contracts/libraries/PriceMath.sol";
import {Test} from "../support/Test.sol";
import {PriceVectors} from "./PriceVectors.sol";

/// @notice Puts the library's reverting function behind a call, so that a revert can be expected.
contract PriceMaker {
    function fromAmountsUp(uint256 buyAmount, uint256 sellAmount) external pure returns (Price) {
        return PriceMath.fromAmountsUp(buyAmount, sellAmount);
    }
}

/// @notice The SDK's price maths, number for number, against the library's.
contract PriceVectorsTest is Test {
    PriceMaker internal maker = new PriceMaker();

    function test_vectors_cover() public pure {
        assertGe(PriceVectors.COUNT, 300, "enough cases");
        assertEq(PriceVectors.cases().length, PriceVectors.COUNT * PriceVectors.SIZE, "cases are whole");
        assertEq(
            PriceVectors.outOfRange().length,
            PriceVectors.OUT_OF_RANGE_COUNT * PriceVectors.OUT_OF_RANGE_SIZE,
            "pairs are whole"
        );
    }

    function test_vectors_fromAmountsUp() public pure {
        bytes memory data = PriceVectors.cases();
        for (uint256 i; i < PriceVectors.COUNT; ++i) {
            uint256 at = i * PriceVectors.SIZE;
            Price price = PriceMath.fromAmountsUp(_field(data, at, 16), _field(data, at + 16, 16));
            assertEq(Price.unwrap(price), _field(data, at + 32, 10), _message("price of case", i));
        }
    }

    function test_vectors_costUp() public pure {
        bytes memory data = PriceVectors.cases();
        for (uint256 i; i < PriceVectors.COUNT; ++i) {
            uint256 at = i * PriceVectors.SIZE;
            Price price = Price.wrap(uint80(_field(data, at + 32, 10)));
            assertEq(price.costUp(_field(data, at + 42, 12)), _field(data, at + 54, 32), _message("cost of case", i));
        }
    }

    function test_vectors_amountDown() public pure {
        bytes memory data = PriceVectors.cases();
        for (uint256 i; i < PriceVectors.COUNT; ++i) {
            uint256 at = i * PriceVectors.SIZE;
            Price price = Price.wrap(uint80(_field(data, at + 32, 10)));
            uint256 bought = PriceMath.amountDown(price, _field(data, at + 86, 32), _field(data, at + 42, 12));
            assertEq(bought, _field(data, at + 118, 12), _message("amount of case", i));
        }
    }

    function test_vectors_outOfRange_revert() public {
        bytes memory data = PriceVectors.outOfRange();
        for (uint256 i; i < PriceVectors.OUT_OF_RANGE_COUNT; ++i) {
            uint256 at = i * PriceVectors.OUT_OF_RANGE_SIZE;
            uint256 buy = _field(data, at, 16);
            uint256 sell = _field(data, at + 16, 16);
            vm.expectRevert(abi.encodeWithSelector(PriceMath.PriceOutOfRange.selector, buy, sell));
            maker.fromAmountsUp(buy, sell);
        }
    }

    /// @return value The big-endian number in `size` bytes from `at` on.
    function _field(bytes memory data, uint256 at, uint256 size) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, mul(8, size)), mload(add(add(data, 0x20), at)))
        }
    }

    function _message(string memory what, uint256 index) private pure returns (string memory) {
        return string.concat(what, " ", vm.toString(index));
    }
}
