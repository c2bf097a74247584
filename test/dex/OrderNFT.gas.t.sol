// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexTest} from "./DexTest.sol";

/// @notice Whole transactions, cold, as receipts would say: `npm run test:gas` checks them against the snapshot.
contract OrderNFTGasTest is DexTest {
    address private maker = address(0x1111111111111111111111111111111111111111);
    address private taker = address(0x2222222222222222222222222222222222222222);

    function setUp() public override {
        super.setUp();
        fund(maker);
        fund(taker);
        // Somebody else's orders, so that the book holds both tokens already.
        createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        createOrder(alice, usdc, weth, 3_000e6, price(1 ether, 3_000e6), 0);
    }

    function test_gas_createFirst() public {
        createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        vm.snapshotGasLastCall("dex", "createFirst");
    }

    function test_gas_create() public {
        createOrder(maker, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        vm.snapshotGasLastCall("dex", "create");
    }

    function test_gas_fill() public {
        fillPartly(600);
        vm.snapshotGasLastCall("dex", "fill");
    }

    function test_gas_fillNoFee() public {
        fillPartly(0);
        vm.snapshotGasLastCall("dex", "fillNoFee");
    }

    function test_gas_sweep5() public {
        sweep(5);
    }

    function test_gas_sweep10() public {
        sweep(10);
    }

    function test_gas_sweep20() public {
        sweep(20);
    }

    function test_gas_cancel() public {
        createOrder(maker, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        uint256 id = createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        vm.prank(maker);
        book.cancel(id);
        vm.snapshotGasLastCall("dex", "cancel");
    }

    function test_gas_amend() public {
        uint256 id = createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        Price next = price(3_124.456789e6, 1 ether);
        vm.prank(maker);
        book.amend(id, 1.5 ether, next);
        vm.snapshotGasLastCall("dex", "amend");
    }

    function test_gas_transfer() public {
        uint256 id = createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        vm.prank(maker);
        book.transferFrom(maker, taker, id);
        vm.snapshotGasLastCall("dex", "transfer");
    }

    function fillPartly(uint256 fee) private {
        setFee(fee);
        uint256 id = createOrder(maker, weth, usdc, 1.5 ether, price(3_123.456789e6, 1 ether), 0);
        // The fee's slot is not zero in the usual case.
        vm.prank(alice);
        book.fill(id, 0.1 ether, type(uint256).max);
        vm.prank(taker);
        book.fill(id, 0.2345 ether, 800e6);
    }

    function sweep(uint256 count) private {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0].ids = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            address owner = address(uint160(uint256(keccak256(abi.encode("maker", i)))));
            fund(owner);
            legs[0].ids[i] = createOrder(owner, weth, usdc, 1.5 ether, price(3_123.456789e6 + i, 1 ether), 0);
            // More orders of each owner, and a first fill, as in a book that lives.
            createOrder(owner, weth, usdc, 1.5 ether, price(3_123.456789e6 + i, 1 ether), 0);
            vm.prank(alice);
            book.fill(legs[0].ids[i], 0.1 ether, type(uint256).max);
        }
        legs[0].sellToken = address(weth);
        legs[0].buyToken = address(usdc);
        legs[0].takeAmount = 1.4 ether * count - 0.5 ether;
        legs[0].maxPay = 1e12;
        IOrderTypes.FillOptions memory options;
        vm.prank(taker);
        book.fillOrders(legs, options);
        vm.snapshotGasLastCall("dex", string.concat("sweep", vm.toString(count)));
    }
}
