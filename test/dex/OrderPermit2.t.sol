// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {KeyWallet} from "../mocks/KeyWallet.sol";
import {TetherToken} from "../mocks/TetherToken.sol";
import {Permit2Signer} from "../support/Permit2Signer.sol";
import {DexTest} from "./DexTest.sol";

/// @notice Orders that their maker only signs, through the real Permit2.
contract OrderPermit2Test is DexTest, Permit2Signer {
    uint256 private constant T0 = 1_800_000_000;
    uint256 private constant KEY = 0xA11CE5;
    uint256 private constant NONCE = 77;
    uint256 private constant DEADLINE = T0 + 100;

    /// @dev Permit2's own errors.
    error InvalidNonce();
    error InvalidSigner();
    error InvalidContractSignature();
    error SignatureExpired(uint256 deadline);

    address private maker;
    address private stranger = address(0x57A);

    function setUp() public override {
        super.setUp();
        maker = vm.addr(KEY);
        weth.mint(maker, 100 ether);
        vm.prank(maker);
        weth.approve(address(permit2), type(uint256).max);
    }

    function test_createWithPermit2_isTheMakersWhoeverSendsIt() public {
        IOrderTypes.NewOrder memory o = order();
        bytes memory signature = signOrder(KEY, permission(), o);
        vm.prank(stranger);
        uint256 id = book.createWithPermit2(o, NONCE, DEADLINE, signature);

        assertEq(book.ownerOf(id), maker, "the signer owns it");
        assertEq(weth.balanceOf(maker), 90 ether, "and paid for it");
        assertEq(weth.balanceOf(address(book)), 10 ether, "in escrow");
        IOrderTypes.Order memory made = book.order(id, address(0));
        assertEq(made.remaining, 10 ether, "amount");
        assertEq(Price.unwrap(made.price), Price.unwrap(o.price), "price");
        assertEq(made.terms, OrderFlags.ALL_OR_NONE | OrderFlags.PRIVATE | OrderFlags.RELEASED, "terms");
        assertEq(made.privateTaker, bob, "taker");
        assertEq(made.releaseStart, o.releaseStart, "release start");
        assertEq(made.releaseEnd, o.releaseEnd, "release end");
    }

    function test_createWithPermit2_bindsEveryField() public {
        bytes memory signature = signOrder(KEY, permission(), order());
        DemoToken other = new DemoToken("Other", "OTHER", 18);
        for (uint256 field; field < 10; ++field) {
            IOrderTypes.NewOrder memory o = order();
            if (field == 0) o.maker = alice;
            if (field == 1) o.sellToken = address(other);
            if (field == 2) o.buyToken = address(other);
            if (field == 3) o.sellAmount -= 1;
            if (field == 4) o.price = price(2_999e6, 1 ether);
            if (field == 5) o.expiry -= 1;
            if (field == 6) o.terms = 0;
            if (field == 7) o.privateTaker = alice;
            if (field == 8) o.releaseStart += 1;
            if (field == 9) o.releaseEnd -= 1;
            vm.expectRevert(InvalidSigner.selector);
            book.createWithPermit2(o, NONCE, DEADLINE, signature);
        }
        vm.expectRevert(InvalidSigner.selector);
        book.createWithPermit2(order(), NONCE + 1, DEADLINE, signature);
        vm.expectRevert(InvalidSigner.selector);
        book.createWithPermit2(order(), NONCE, DEADLINE + 1, signature);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
    }

    function test_createWithPermit2_revertsWhenReplayed() public {
        bytes memory signature = signOrder(KEY, permission(), order());
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
        vm.expectRevert(InvalidNonce.selector);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
        assertEq(weth.balanceOf(maker), 90 ether, "paid once");
    }

    function test_createWithPermit2_revertsForASignatureToAnotherSpender() public {
        Permission memory p = permission();
        p.spender = stranger;
        bytes memory signature = signOrder(KEY, p, order());
        vm.expectRevert(InvalidSigner.selector);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
    }

    function test_createWithPermit2_revertsForATransferSignedWithoutOrder() public {
        bytes memory signature = signTransfer(KEY, permission());
        vm.expectRevert(InvalidSigner.selector);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
    }

    function test_createWithPermit2_revertsForAnotherAmountThanTheOrders() public {
        Permission memory p = permission();
        p.amount = 20 ether;
        bytes memory signature = signOrder(KEY, p, order());
        vm.expectRevert(InvalidSigner.selector);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
    }

    function test_createWithPermit2_holdsToTheDeadline() public {
        bytes memory signature = signOrder(KEY, permission(), order());
        vm.warp(DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, DEADLINE));
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
        vm.warp(DEADLINE);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
    }

    function test_createWithPermit2_acceptsAWalletThatIsAContract() public {
        KeyWallet wallet = new KeyWallet(maker);
        weth.mint(address(wallet), 10 ether);
        wallet.approve(address(weth), address(permit2));
        IOrderTypes.NewOrder memory o = order();
        o.maker = address(wallet);

        bytes memory forged = signOrder(KEY + 1, permission(), o);
        vm.expectRevert(InvalidContractSignature.selector);
        book.createWithPermit2(o, NONCE, DEADLINE, forged);

        bytes memory signature = signOrder(KEY, permission(), o);
        vm.prank(stranger);
        uint256 id = book.createWithPermit2(o, NONCE, DEADLINE, signature);
        assertEq(book.ownerOf(id), address(wallet), "the wallet owns it");
        assertEq(weth.balanceOf(address(wallet)), 0, "and paid for it");
    }

    function test_createWithPermit2_leavesNothingBehindWhenItFails() public {
        vm.prank(maker);
        weth.approve(address(permit2), 0);
        bytes memory signature = signOrder(KEY, permission(), order());
        vm.expectRevert();
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
        assertEq(book.balanceOf(maker), 0, "no order");
        vm.prank(maker);
        weth.approve(address(permit2), type(uint256).max);
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
        assertEq(book.balanceOf(maker), 1, "and the signature is still good");
    }

    function test_createWithPermit2_refusesATokenThatTakesAFee() public {
        TetherToken tether = new TetherToken();
        tether.mint(maker, 1_000e6);
        vm.prank(maker);
        tether.approve(address(permit2), type(uint256).max);
        IOrderTypes.NewOrder memory o = order();
        (o.sellToken, o.sellAmount) = (address(tether), 1_000e6);
        Permission memory p = permission();
        (p.token, p.amount) = (address(tether), 1_000e6);
        bytes memory signature = signOrder(KEY, p, o);

        tether.setFee(1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderTypes.UnexpectedTransfer.selector, address(tether), 1_000e6, 999.9e6)
        );
        book.createWithPermit2(o, NONCE, DEADLINE, signature);
        tether.setFee(0);
        book.createWithPermit2(o, NONCE, DEADLINE, signature);
        assertEq(tether.balanceOf(address(book)), 1_000e6, "without the fee it passes, return value or not");
    }

    function test_createWithPermit2_revertsWhilePaused() public {
        bytes memory signature = signOrder(KEY, permission(), order());
        book.pause(1 days);
        vm.expectRevert(abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 1 days));
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
    }

    /// @dev Whatever is changed in a signature, it is the maker's no more.
    function testFuzz_createWithPermit2_revertsForAnyOtherSignature(uint256 at, uint8 flip) public {
        bytes memory signature = signOrder(KEY, permission(), order());
        at = bound(at, 0, 64);
        bytes1 mask = bytes1(uint8(bound(flip, 1, 255)));
        signature[at] = signature[at] ^ mask;
        vm.expectRevert();
        book.createWithPermit2(order(), NONCE, DEADLINE, signature);
        assertEq(weth.balanceOf(maker), 100 ether, "nothing moved");
    }

    function test_permit2_isEthereumsOwn() public view {
        assertEq(PERMIT2.code.length, 9_152, "size");
        (bool success, bytes memory answer) = PERMIT2.staticcall(abi.encodeWithSignature("DOMAIN_SEPARATOR()"));
        assertTrue(success, "answers");
        assertEq(abi.decode(answer, (bytes32)), permit2Separator(block.chainid), "the separator of this chain");
    }

    function order() private view returns (IOrderTypes.NewOrder memory o) {
        o.maker = maker;
        o.sellToken = address(weth);
        o.buyToken = address(usdc);
        o.sellAmount = 10 ether;
        o.price = price(3_000e6, 1 ether);
        o.expiry = uint32(T0 + 1_000);
        o.terms = uint16(OrderFlags.ALL_OR_NONE);
        o.privateTaker = bob;
        o.releaseStart = uint40(T0 + 110);
        o.releaseEnd = uint40(T0 + 120);
    }

    function permission() private view returns (Permission memory) {
        return Permission(address(weth), 10 ether, address(book), NONCE, DEADLINE);
    }
}
