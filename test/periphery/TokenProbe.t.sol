// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {OddMetadata} from "../mocks/OddMetadata.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Deploy} from "../support/Deploy.sol";
import {Test} from "../support/Test.sol";

/// @notice The probe's answers about tokens good and bad. A node returns them as the outcome of the call; here, where the
/// probe is created in earnest, they become its code.
contract TokenProbeTest is Test {
    uint256 private constant ANSWER = 160;
    uint256 private constant LENGTH = 3 * (32 + ANSWER);

    function test_probe_anHonestToken() public {
        bytes memory answers = probe(address(Deploy.demoToken("USD Coin", "USDC", 6)));
        assertAnswer(answers, 0, abi.encode("USDC"), "DEX-106 symbol");
        assertAnswer(answers, 1, abi.encode("USD Coin"), "DEX-106 name");
        assertAnswer(answers, 2, abi.encode(6), "DEX-106 decimals");
    }

    function test_probe_cutsALongAnswer() public {
        string memory name =
            "A name of which a hundred and sixty bytes hold the first ninety-six bytes and not one more: cut here";
        DemoToken token = Deploy.demoToken(name, "LONG", 18);
        bytes memory answers = probe(address(token));
        bytes memory whole = abi.encode(name);
        assertGe(whole.length, ANSWER + 1, "set-up");
        assembly ("memory-safe") {
            mstore(whole, ANSWER)
        }
        assertAnswer(answers, 1, whole, "DEX-106 the first 160 bytes");
        assertAnswer(answers, 2, abi.encode(18), "DEX-106 the next answer is whole");
    }

    function test_probe_survivesEveryOddity() public {
        bytes memory answers = probeOdd(OddMetadata.Oddity.Bytes32);
        assertAnswer(answers, 0, abi.encode(bytes32("MKR")), "DEX-106 a bare word as it is");
        answers = probeOdd(OddMetadata.Oddity.Reverts);
        assertAnswer(answers, 0, "", "DEX-106 nothing of a question that reverts");
        assertAnswer(answers, 1, abi.encode("Odd"), "DEX-106 the others are answered");
        answers = probeOdd(OddMetadata.Oddity.Loops);
        assertAnswer(answers, 0, "", "DEX-106 nothing of one that burns its gas");
        assertAnswer(answers, 1, abi.encode("Odd"), "DEX-106 the others are answered");
        assertAnswer(answers, 2, "", "DEX-106 nor of another that does");
        answers = probeOdd(OddMetadata.Oddity.HugeDecimals);
        assertAnswer(answers, 2, abi.encode(type(uint256).max), "DEX-106 nonsense as it is");
    }

    function test_probe_whereNoTokenIs() public {
        bytes memory answers = probe(address(0xDEAD));
        for (uint256 i; i < 3; ++i) assertAnswer(answers, i, "", "DEX-106 nothing");
    }

    function probeOdd(OddMetadata.Oddity oddity) private returns (bytes memory) {
        return probe(address(new OddMetadata(oddity)));
    }

    function probe(address token) private returns (bytes memory answers) {
        answers = Artifacts.deploy("contracts/periphery/TokenProbe.sol:TokenProbe", abi.encode(token)).code;
        assertEq(answers.length, LENGTH, "DEX-106 three answers");
    }

    /// @dev The length, the bytes, and zeroes behind them.
    function assertAnswer(
        bytes memory answers,
        uint256 index,
        bytes memory expected,
        string memory message
    ) private pure {
        uint256 offset = index * (32 + ANSWER);
        uint256 length;
        assembly ("memory-safe") {
            length := mload(add(add(answers, 0x20), offset))
        }
        assertEq(length, expected.length, message);
        for (uint256 i; i < ANSWER; ++i) {
            bytes1 want = i < expected.length ? expected[i] : bytes1(0);
            assertEq(bytes32(answers[offset + 32 + i]), bytes32(want), message);
        }
    }
}
