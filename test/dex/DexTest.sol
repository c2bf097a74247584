// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {IOrderDescriptor} from "../../contracts/dex/interfaces/IOrderDescriptor.sol";
import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {ISignatureTransfer} from "../../contracts/dex/interfaces/ISignatureTransfer.sol";
import {PairObserver} from "../../contracts/dex/PairObserver.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {PriceMath} from "../../contracts/libraries/PriceMath.sol";
import {Deploy} from "../support/Deploy.sol";
import {WithPermit2} from "../support/Permit2.sol";

/// @notice An order book with its observer, descriptor and Permit2, two tokens and funded accounts.
abstract contract DexTest is WithPermit2 {
    uint256 internal constant FEE = 600;
    uint32 internal constant NEVER = type(uint32).max;

    AccessManager internal manager;
    IOrderNFT internal book;
    PairObserver internal observer;
    IOrderDescriptor internal descriptor;
    ISignatureTransfer internal permit2;
    DemoToken internal weth;
    DemoToken internal usdc;
    address internal collector = address(0xC011EC7);
    address internal alice = address(0xA11CE);
    address internal bob = address(0xB0B);

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        manager = Deploy.accessManager(address(this));
        observer = Deploy.pairObserver(address(this));
        descriptor = Deploy.orderDescriptor();
        permit2 = deployPermit2();
        address extension = Deploy.orderExtension(address(manager), descriptor, observer, permit2);
        address makers = Deploy.orderMakerExtension(extension, observer);
        book = Deploy.orderNFT(address(manager), makers, observer, collector, FEE);
        observer.bind(address(book));
        weth = Deploy.demoToken("Wrapped Ether", "WETH", 18);
        usdc = Deploy.demoToken("USD Coin", "USDC", 6);
        fund(alice);
        fund(bob);
    }

    function fund(address account) internal {
        weth.mint(account, 1e6 ether);
        usdc.mint(account, 1e12);
        vm.startPrank(account);
        weth.approve(address(book), type(uint256).max);
        usdc.approve(address(book), type(uint256).max);
        vm.stopPrank();
    }

    function setFee(uint256 fee) internal {
        book.setTakerFee(fee);
    }

    /// @return The least price at which `sell` units cost at least `buy` units.
    function price(uint256 buy, uint256 sell) internal pure returns (Price) {
        return PriceMath.fromAmountsUp(buy, sell);
    }

    function createOrder(
        address maker,
        DemoToken sell,
        DemoToken buy,
        uint256 amount,
        Price at,
        uint16 terms
    ) internal returns (uint256) {
        vm.prank(maker);
        return book.create(address(sell), address(buy), amount, at, NEVER, terms);
    }
}
