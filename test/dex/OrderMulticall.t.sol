// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IOrderExtension} from "../../contracts/dex/interfaces/IOrderExtension.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderId} from "../../contracts/dex/libraries/OrderId.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {SignatureHelpers} from "./SignatureHelpers.sol";

/// @notice Several calls in one, and the token permit that is made for it.
contract OrderMulticallTest is SignatureHelpers {
    function setUp() public override {
        super.setUp();
        vm.prank(signer);
        weth.approve(address(book), 0);
    }

    function permitOf(uint256 value, uint256 deadline) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                signer,
                address(book),
                value,
                weth.nonces(signer),
                deadline
            )
        );
        return vm.sign(SIGNER_KEY, digestIn(weth.DOMAIN_SEPARATOR(), structHash));
    }

    function permitCall(uint256 value) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = permitOf(value, T0);
        return abi.encodeCall(book.permitToken, (address(weth), value, T0, v, r, s));
    }

    function createCall(uint256 amount) private view returns (bytes memory) {
        Price at = price(3_000e6, 1 ether);
        return abi.encodeCall(book.create, (address(weth), address(usdc), amount, at, NEVER, 0));
    }

    function calls(bytes memory a, bytes memory b) private pure returns (bytes[] memory data) {
        data = new bytes[](2);
        (data[0], data[1]) = (a, b);
    }

    // -------------------------------------------------------------------------------------------------------- permit

    function test_multicall_permitsAndCreates() public {
        bytes[] memory data = calls(permitCall(5 ether), createCall(5 ether));
        vm.prank(signer);
        bytes[] memory results = book.multicall(data);
        uint256 id = abi.decode(results[1], (uint256));
        assertEq(id, OrderId.pack(signer, 0, NEVER), "DEX-80 the caller's order");
        assertEq(remainingOf(id), 5 ether, "DEX-80 escrowed");
        assertEq(weth.allowance(signer, address(book)), 0, "DEX-80 the permit is used up");
    }

    function test_permitToken_survivesBeingSentByAnother() public {
        bytes[] memory data = calls(permitCall(5 ether), createCall(5 ether));
        (uint8 v, bytes32 r, bytes32 s) = permitOf(5 ether, T0);
        weth.permit(signer, address(book), 5 ether, T0, v, r, s);
        vm.prank(signer);
        book.multicall(data);
        assertEq(book.balanceOf(signer), 1, "DEX-81 the allowance is what counts");
    }

    function test_permitToken_revertsWhenTheAllowanceIsShort() public {
        (uint8 v, bytes32 r, bytes32 s) = permitOf(5 ether, T0);
        vm.expectRevert(abi.encodeWithSelector(IOrderExtension.InvalidSignature.selector, signer));
        vm.prank(signer);
        book.permitToken(address(weth), 6 ether, T0, v, r, s);
    }

    function test_permitToken_isTheCallersOwn() public {
        (uint8 v, bytes32 r, bytes32 s) = permitOf(5 ether, T0);
        vm.prank(bob);
        weth.approve(address(book), 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderExtension.InvalidSignature.selector, bob));
        vm.prank(bob);
        book.permitToken(address(weth), 5 ether, T0, v, r, s);
        assertEq(weth.allowance(signer, address(book)), 0, "DEX-81 nobody else's permit is used");
    }

    function test_permitToken_ofATokenWithoutPermitNeedsTheAllowance() public {
        HostileToken token = hostileToken(18);
        vm.prank(alice);
        book.permitToken(address(token), 5 ether, T0, 27, 0, 0);
        vm.prank(alice);
        token.approve(address(book), 4 ether);
        vm.expectRevert(abi.encodeWithSelector(IOrderExtension.InvalidSignature.selector, alice));
        vm.prank(alice);
        book.permitToken(address(token), 5 ether, T0, 27, 0, 0);
        vm.expectRevert();
        vm.prank(alice);
        book.permitToken(address(0xDEAD), 0, T0, 27, 0, 0);
    }

    // --------------------------------------------------------------------------------------------------------- batches

    function test_multicall_reachesBothContracts() public {
        uint256 id = plainOrder(alice);
        uint256 own = plainOrder(bob);
        bytes[] memory data = new bytes[](4);
        data[0] = abi.encodeCall(book.fill, (id, 1 ether, UNLIMITED));
        data[1] = abi.encodeCall(book.amend, (own, 5 ether, PRICE_ONE));
        data[2] = abi.encodeCall(book.cancel, (own));
        data[3] = abi.encodeCall(book.balanceOf, (bob));
        vm.prank(bob);
        bytes[] memory results = book.multicall(data);
        (uint256 received, uint256 paid) = abi.decode(results[0], (uint256, uint256));
        assertEq(received, 0.9994 ether, "DEX-82 the core's result");
        assertEq(paid, 3_000e6 + 1, "DEX-82 the core's result");
        assertEq(abi.decode(results[2], (uint256)), 5 ether, "DEX-82 in order");
        assertEq(abi.decode(results[3], (uint256)), 0, "DEX-82 views too");
    }

    function test_multicall_isAllOrNone() public {
        uint256 id = plainOrder(bob);
        bytes[] memory data = calls(
            abi.encodeCall(book.cancel, (id)),
            abi.encodeCall(book.fill, (id, 1 ether, UNLIMITED))
        );
        expectNotFillable(id, IOrderTypes.FillStatus.Nonexistent);
        vm.prank(bob);
        book.multicall(data);
        assertEq(remainingOf(id), 10 ether, "DEX-82 undone");
    }

    function test_multicall_mayNest() public {
        uint256 id = plainOrder(alice);
        bytes[] memory inner = new bytes[](1);
        inner[0] = abi.encodeCall(book.cancel, (id));
        bytes[] memory outer = new bytes[](1);
        outer[0] = abi.encodeCall(book.multicall, (inner));
        vm.prank(alice);
        book.multicall(outer);
        assertEq(book.balanceOf(alice), 0, "DEX-82 the caller stays the caller");
    }

    function test_multicall_givesNobodyMoreRights() public {
        uint256 id = plainOrder(alice);
        bytes[] memory data = new bytes[](1);
        data[0] = abi.encodeCall(book.amend, (id, 1 ether, PRICE_ONE));
        vm.expectRevert();
        vm.prank(bob);
        book.multicall(data);
        data[0] = abi.encodeCall(book.setTakerFee, (0));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, bob));
        vm.prank(bob);
        book.multicall(data);
        assertEq(book.takerFee(), FEE, "DEX-82 unchanged");
    }

    function test_multicall_ofNone() public {
        assertEq(book.multicall(new bytes[](0)).length, 0, "DEX-82 an empty list");
    }

    function test_multicall_takesNoEther() public {
        vm.deal(bob, 1 ether);
        vm.prank(bob);
        (bool success, ) = address(book).call{value: 1}(abi.encodeCall(book.multicall, (new bytes[](0))));
        assertTrue(!success, "DEX-82 no ether");
        vm.prank(bob);
        (success, ) = address(book).call{value: 1}("");
        assertTrue(!success, "DEX-82 no ether");
    }
}
