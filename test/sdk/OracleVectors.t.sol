// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FeedDecimals} from "../../contracts/oracle/libraries/FeedDecimals.sol";
import {FeedWordLib} from "../../contracts/oracle/libraries/FeedWord.sol";
import {OracleConstants} from "../../contracts/oracle/libraries/OracleConstants.sol";
import {PriceWindow} from "../../contracts/oracle/libraries/PriceWindow.sol";
import {OracleVectors} from "./OracleVectors.sol";
import {VectorReader} from "./VectorReader.sol";

/// @notice The SDK's oracle maths, number for number, against the libraries'.
contract OracleVectorsTest is VectorReader {
    function test_vectors_cover() public pure {
        assertGe(OracleVectors.COUNT, 100, "enough cases");
        assertEq(OracleVectors.cases().length, OracleVectors.COUNT * OracleVectors.SIZE, "cases are whole");
    }

    function test_vectors_feeds() public pure {
        bytes memory data = OracleVectors.cases();
        for (uint256 i; i < OracleVectors.COUNT; ++i) {
            Cursor memory at = Cursor(data, i * OracleVectors.SIZE);
            uint256 answer = _next(at, 11);
            uint256 decimals = _next(at, 1);
            uint256 next = _next(at, 12);
            uint256 observedAt = _next(at, 4);
            uint256 age = _next(at, 3);
            uint256 heartbeat = _next(at, 3);

            _checkPrice(at, answer, decimals, i);
            bool agrees = PriceWindow.agree(answer, next);
            assertEq(agrees ? 1 : 0, _next(at, 1), _message("agreement of case", i));
            uint256 maxAge = OracleConstants.maxAge(heartbeat);
            assertEq(maxAge, _next(at, 3), _message("age of case", i));
            uint256 expiry = FeedWordLib.create(decimals, maxAge).expiry(observedAt, age);
            assertEq(expiry, _next(at, 5), _message("expiry of case", i));
        }
    }

    function _checkPrice(Cursor memory at, uint256 answer, uint256 decimals, uint256 i) private pure {
        (uint256 low, uint256 high) = FeedDecimals.toWad(answer, answer, decimals);
        assertEq(FeedDecimals.toWadDown(answer, decimals), low, _message("low of case", i));
        assertEq(low, _next(at, 20), _message("price down of case", i));
        assertEq(high, _next(at, 20), _message("price up of case", i));
    }
}
