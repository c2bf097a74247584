// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {StaticRead} from "../../contracts/libraries/StaticRead.sol";
import {Test} from "../support/Test.sol";

/// @notice Answers as it is told: so many words that count up from its argument, and some bytes more or less.
contract Teller {
    uint256 public words = 5;
    uint256 public cut;
    bool public fails;

    error Told(uint256 argument);

    function set(uint256 words_, uint256 cut_, bool fails_) external {
        (words, cut, fails) = (words_, cut_, fails_);
    }

    function tell(uint256 argument) external view {
        if (fails) revert Told(argument);
        uint256 size = words * 32 - cut;
        uint256 count = words;
        assembly {
            let at := mload(0x40)
            for {
                let i := 0
            } lt(i, count) {
                i := add(i, 1)
            } {
                mstore(add(at, mul(i, 0x20)), add(argument, i))
            }
            return(at, size)
        }
    }
}

/// @notice Reading a fixed number of words.
contract StaticReadTest is Test {
    Teller private teller;

    function setUp() public {
        teller = new Teller();
    }

    function testFuzz_read_everyWord(uint256 argument) public view {
        argument = bound(argument, 0, type(uint256).max - 4);
        assertEq(this.one(argument), argument, "ORA-68 one");
        (uint256 a, uint256 b, uint256 c) = this.three(argument);
        assertEq(a, argument, "LEND-47 first of three");
        assertEq(b, argument + 1, "LEND-47 second");
        assertEq(c, argument + 2, "LEND-47 third");
        uint256[5] memory all = this.five(argument);
        for (uint256 i; i < 5; ++i) assertEq(all[i], argument + i, "LEND-47 each of five");
    }

    /// @dev Exactly as long as asked is enough, a byte less is not, more does not matter.
    function test_read_needsTheWholeAnswer() public {
        teller.set(1, 0, false);
        this.one(7);
        teller.set(1, 1, false);
        vm.expectRevert(abi.encodePacked(uint248(7 >> 8)));
        this.one(7);
        teller.set(3, 0, false);
        this.three(7);
        teller.set(3, 1, false);
        vm.expectRevert(abi.encodePacked(uint256(7), uint256(8), uint248(9 >> 8)));
        this.three(7);
        teller.set(5, 0, false);
        this.five(7);
        teller.set(5, 32, false);
        vm.expectRevert(abi.encode(7, 8, 9, 10));
        this.five(7);
        teller.set(9, 0, false);
        assertEq(this.one(7), 7, "ORA-68 more is no harm");
        assertEq(this.five(7)[4], 11, "LEND-47 more is no harm");
    }

    function test_read_passesErrorsOn() public {
        teller.set(5, 0, true);
        bytes memory told = abi.encodeWithSelector(Teller.Told.selector, 7);
        vm.expectRevert(told);
        this.one(7);
        vm.expectRevert(told);
        this.three(7);
        vm.expectRevert(told);
        this.five(7);
    }

    function test_read_nobodyAnswersForNoCode() public {
        vm.expectRevert();
        this.none(1);
        vm.expectRevert();
        this.none(3);
        vm.expectRevert();
        this.none(5);
    }

    /// @dev What was in memory before and what is put there after stays.
    function test_read_leavesMemoryAlone() public view {
        bytes memory before = abi.encode(uint256(1), uint256(2), uint256(3));
        (uint256 a, , ) = StaticRead.three(address(teller), Teller.tell.selector, 40);
        (uint256 b, , , , ) = StaticRead.five(address(teller), Teller.tell.selector, 50);
        uint256 c = StaticRead.one(address(teller), Teller.tell.selector, 60);
        uint256[] memory fresh = new uint256[](6);
        for (uint256 i; i < 6; ++i) assertEq(fresh[i], 0, "LEND-47 new memory is empty");
        assertEq(keccak256(before), keccak256(abi.encode(1, 2, 3)), "LEND-47 old memory stays");
        assertEq(a + b + c, 150, "LEND-47 the words stay");
    }

    // ------------------------------------------------------------------------------------------------ behind a call

    function one(uint256 argument) external view returns (uint256) {
        return StaticRead.one(address(teller), Teller.tell.selector, argument);
    }

    function three(uint256 argument) external view returns (uint256, uint256, uint256) {
        return StaticRead.three(address(teller), Teller.tell.selector, argument);
    }

    function five(uint256 argument) external view returns (uint256[5] memory all) {
        (all[0], all[1], all[2], all[3], all[4]) = StaticRead.five(address(teller), Teller.tell.selector, argument);
    }

    function none(uint256 words) external view {
        if (words == 1) StaticRead.one(address(0xdead), Teller.tell.selector, 0);
        if (words == 3) StaticRead.three(address(0xdead), Teller.tell.selector, 0);
        if (words == 5) StaticRead.five(address(0xdead), Teller.tell.selector, 0);
    }
}
