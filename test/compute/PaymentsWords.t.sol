// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EscrowWord} from "../../contracts/compute/libraries/EscrowWord.sol";
import {ReservationWord} from "../../contracts/compute/libraries/ReservationWord.sol";
import {SignerWord, toSignerWord} from "../../contracts/compute/libraries/SignerWord.sol";
import {Test} from "../support/Test.sol";

/// @notice The packed words: each field is what was put in, whatever the others are.
contract PaymentsWordsTest is Test {
    function testFuzz_escrowWord(uint16 fee, uint72 fees, address collector, uint256 before) public pure {
        // Whatever stood in the fields, the lock set or not.
        EscrowWord word = EscrowWord.wrap(before);
        word = word.withFee(fee).withFeesWaiting(fees).withVoucherCollector(collector);
        assertEq(word.feeBps(), fee, "PAY-08 fee");
        assertEq(word.feesWaiting(), fees, "PAY-08 fees waiting");
        assertEq(word.voucherCollector(), collector, "PAY-07 collector");
        assertTrue(word.isLocked() == (before & 1 == 1), "PAY-07 the lock is as it was");
        EscrowWord locked = word.locked();
        assertTrue(locked.isLocked(), "PAY-07 locked");
        assertEq(EscrowWord.unwrap(locked) | 1, EscrowWord.unwrap(word) | 1, "PAY-07 and nothing else");
    }

    function testFuzz_reservationWord(uint96 amount, uint96 notice, uint40 ends, uint96 taken) public pure {
        notice = uint96(bound(notice, 0, amount));
        taken = uint96(bound(taken, 0, amount));
        ReservationWord word = ReservationWord.wrap(amount).withNotice(notice, ends);
        assertWord(word, amount, notice, ends);
        uint256 left = amount - taken;
        assertWord(word.less(taken), left, notice < left ? notice : left, ends);
        assertWord(word.less(taken).plus(taken), amount, notice < left ? notice : left, ends);
    }

    function testFuzz_signerWord(uint40 expires, uint8 kinds, uint40 at, uint256 kind) public pure {
        at = uint40(bound(at, 1, type(uint40).max));
        SignerWord word = toSignerWord(expires, kinds);
        assertEq(word.expiresAt(), expires, "SIG-01 expiry");
        assertEq(word.kindsOf(), kinds, "SIG-01 kinds");
        assertEq(word.stoppedAt(), expires, "SIG-02 until its expiry");
        word = word.revoked(at);
        assertEq(word.expiresAt(), expires, "SIG-02 the same expiry");
        assertEq(word.kindsOf(), kinds, "SIG-02 the same kinds");
        assertEq(word.stoppedAt(), at < expires ? at : expires, "SIG-02 until its revocation");
        for (uint256 i; i < 8; ++i) assertTrue(word.signs(i) == ((kinds >> i) & 1 == 1), "SIG-01 bit by kind");
        kind = bound(kind, 8, type(uint256).max);
        assertTrue(!word.signs(kind), "SIG-01 no other kind");
    }

    function assertWord(ReservationWord word, uint256 amount, uint256 notice, uint256 ends) private pure {
        assertEq(word.amountOf(), amount, "PAY-02 amount");
        assertEq(word.noticeOf(), notice, "PAY-05 notice");
        assertEq(word.noticeEndsOf(), ends, "PAY-05 its end");
    }
}
