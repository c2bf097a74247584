// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";

import {Deploy} from "../support/Deploy.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice Whole transactions, cold. Deliveries start at the receiver: with LayerZero's endpoint in front of it they are
/// measured in `layerzero.test.ts`. Reads are calls, without a transaction's 21,000 and calldata.
contract OracleGasTest is OracleTest {
    function setUp() public override {
        super.setUp();
        for (uint256 id = 11; id < 21; ++id) {
            receiver.addFeed(id, 8, HEARTBEAT);
            deliver(id, 3_000e8, clock);
        }
        pass(60);
        for (uint256 id = 11; id < 21; ++id) deliver(id, 3_000e8);
        pass(540);
        establish(ETH, 3_000e8);
        for (uint256 id = 11; id < 21; ++id) deliver(id, 3_000e8);
        // A price that moved lately, so that a delivery has a window to compare with.
        pass(60);
        for (uint256 id = 11; id < 21; ++id) deliver(id, 3_005e8);
        receiver.poke();
    }

    function test_gas_receive1() public {
        receiveMany(1);
    }

    function test_gas_receive3() public {
        receiveMany(3);
    }

    function test_gas_receive10() public {
        receiveMany(10);
    }

    function test_gas_receive1WithBeat() public {
        pass(600);
        lzReceive(records(1));
        vm.snapshotGasLastCall("oracle", "receive1WithBeat");
    }

    function test_gas_receive1Pending() public {
        pass(60);
        lzReceive(message(clock, record(11, 4_000e8, 12, 1)));
        vm.snapshotGasLastCall("oracle", "receive1Pending");
    }

    function test_gas_poke() public {
        pass(600);
        receiver.poke();
        vm.snapshotGasLastCall("oracle", "poke");
    }

    function test_gas_read() public {
        Reader reader = new Reader();
        uint256 used = reader.price(address(oracle), weth);
        vm.snapshotValue("oracle", "read", used);
        assertLe(used, 9_500, "gas of a read; 8,000 is wished for");
    }

    function test_gas_tryPrice() public {
        Reader reader = new Reader();
        vm.snapshotValue("oracle", "tryPrice", reader.tryPrice(address(oracle), weth));
    }

    function test_gas_readDex() public {
        DemoToken usdc = Deploy.demoToken("USD Coin", "USDC", 6);
        DemoToken coin = Deploy.demoToken("Coin", "COIN", 18);
        oracle.setSources(address(usdc), oneSource(feedSource(11)));
        oracle.setSources(address(coin), twoSources(feedSource(BTC), dexSource(address(usdc))));
        observer.grow(address(coin), address(usdc), 400);
        observer.record(address(coin), address(usdc), 2e18, 6_000e6);
        pass(600);
        for (uint256 i; i < 200; ++i) {
            observer.record(address(coin), address(usdc), 2e18, 6_000e6);
            pass(6);
        }
        deliver(11, 3_000e8);
        Reader reader = new Reader();
        vm.snapshotValue("oracle", "readDex", reader.tryPrice(address(oracle), address(coin)));
    }

    function receiveMany(uint256 count) private {
        pass(60);
        lzReceive(records(count));
        vm.snapshotGasLastCall("oracle", string.concat("receive", vm.toString(count)));
    }

    function records(uint256 count) private view returns (bytes memory sent) {
        sent = message(clock, "");
        for (uint256 i; i < count; ++i) {
            sent = bytes.concat(sent, record(11 + i, 3_012.34567891e8 + i, 12, 0x0601020304));
        }
    }

    function lzReceive(bytes memory sent) private {
        Origin memory from = origin();
        vm.prank(address(endpoint));
        receiver.lzReceive(from, keccak256(sent), sent, stranger, "");
    }
}

/// @dev What a protocol pays for a read: the call, cold, without its address being warm.
contract Reader {
    function price(address oracle, address asset) external view returns (uint256) {
        return _gasOf(oracle, abi.encodeWithSignature("price(address)", asset));
    }

    function tryPrice(address oracle, address asset) external view returns (uint256) {
        return _gasOf(oracle, abi.encodeWithSignature("tryPrice(address)", asset));
    }

    function _gasOf(address target, bytes memory data) private view returns (uint256 used) {
        // The target's address is warm after this, as it is where the peers were measured; its storage is not.
        uint256 size = target.code.length;
        bool isOk;
        assembly ("memory-safe") {
            used := gas()
            isOk := staticcall(gas(), target, add(data, 0x20), mload(data), 0, 0)
            used := sub(used, gas())
        }
        require(isOk && size != 0, "read failed");
    }
}
