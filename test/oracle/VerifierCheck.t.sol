// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUlnConfig} from "../../contracts/oracle/interfaces/IUlnConfig.sol";
import {IVerifierCheck} from "../../contracts/oracle/interfaces/IVerifierCheck.sol";
import {VerifierCheck} from "../../contracts/oracle/VerifierCheck.sol";
import {DeployOracle} from "./DeployOracle.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice That a path with fewer than two verifiers of its own does not pass.
contract VerifierCheckTest is OracleTest {
    VerifierCheck private check;
    address private oapp = address(0x0A44);
    address private formerLibrary = address(0xF0);

    function setUp() public override {
        super.setUp();
        check = DeployOracle.verifierCheck(address(endpoint));
        endpoint.setSendLibrary(oapp, ETHEREUM, address(endpoint));
        endpoint.setReceiveLibrary(oapp, ETHEREUM, address(endpoint), 0);
    }

    function test_check_passesWithTwo() public {
        configure(2);
        assertEq(check.checkReceiver(oapp, ETHEREUM).length, 2, "ORA-95 receiver");
        assertEq(check.checkSender(oapp, ETHEREUM)[1], address(0xD2), "ORA-95 sender");
    }

    function test_check_refusesFewer() public {
        expectTooFew(0, 0);
        expectTooFew(1, 1);
        // None at all, whatever the default.
        expectTooFew(255, 0);
    }

    function test_check_refusesDefaultLibraries() public {
        configure(2);
        endpoint.setSendLibrary(oapp, ETHEREUM, address(0));
        endpoint.setReceiveLibrary(oapp, ETHEREUM, address(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IVerifierCheck.DefaultLibrary.selector, oapp, ETHEREUM));
        check.checkReceiver(oapp, ETHEREUM);
        vm.expectRevert(abi.encodeWithSelector(IVerifierCheck.DefaultLibrary.selector, oapp, ETHEREUM));
        check.checkSender(oapp, ETHEREUM);
    }

    function test_check_refusesAFormerLibraryUntilItExpires() public {
        configure(2);
        endpoint.setFormer(formerLibrary, height + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IVerifierCheck.FormerLibrary.selector, oapp, ETHEREUM, formerLibrary, height + 1)
        );
        check.checkReceiver(oapp, ETHEREUM);
        pass(6);
        assertEq(check.checkReceiver(oapp, ETHEREUM).length, 2, "ORA-95 expired");
    }

    function configure(uint8 count) private {
        IUlnConfig.UlnConfig memory config;
        config.requiredDVNCount = count;
        config.requiredDVNs = new address[](count == 255 ? 0 : count);
        for (uint256 i; i < config.requiredDVNs.length; ++i) config.requiredDVNs[i] = address(uint160(0xD1 + i));
        endpoint.setUlnConfig(oapp, ETHEREUM, config);
    }

    function expectTooFew(uint8 count, uint256 found) private {
        configure(count);
        vm.expectRevert(abi.encodeWithSelector(IVerifierCheck.TooFewDVNs.selector, oapp, ETHEREUM, found, 2));
        check.checkReceiver(oapp, ETHEREUM);
        vm.expectRevert(abi.encodeWithSelector(IVerifierCheck.TooFewDVNs.selector, oapp, ETHEREUM, found, 2));
        check.checkSender(oapp, ETHEREUM);
    }
}
