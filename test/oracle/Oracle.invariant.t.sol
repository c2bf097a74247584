// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OracleHandler} from "./OracleHandler.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice INV-ORA-01 to 09 over random sequences of time, stalls, beats and messages. 01, 02 and 03 are checked by the
/// handler with every message.
contract OracleInvariantTest is OracleTest {
    OracleHandler private handler;

    function setUp() public override {
        super.setUp();
        establish(ETH, 1_000e8);
        handler = new OracleHandler(receiver, oracle, address(endpoint), sender, weth, clock, height);
        targetContract(address(handler));
    }

    function invariant_INV_ORA_01_to_03_acceptances() public view {
        handler.checkActions();
    }

    function invariant_INV_ORA_04_to_08_quotes() public view {
        handler.checkQuote();
    }

    function invariant_INV_ORA_09_configuration() public view {
        handler.checkConfiguration();
    }
}
