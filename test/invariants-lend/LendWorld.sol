// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {OracleStub} from "../mocks/lend/OracleStub.sol";

/// @notice Three pools of 6, 18 and 8 decimals, four actors, and what was there before each action.
/// @dev Needs no cheat code: actors are contracts, so that other fuzzers can run the same handler.
abstract contract LendWorld {
    uint256 internal constant ACTORS = 4;
    uint256 internal constant POOLS = 3;

    OracleStub public oracle;
    ILendController public controller;
    IUToken[POOLS] public pools;
    DemoToken[POOLS] public tokens;
    LendActor[ACTORS] public actors;
    /// @notice How often an action went through, by name.
    mapping(string action => uint256) public done;
    /// @notice The first violation of each invariant; empty while it holds.
    mapping(uint256 invariant => string) public violation;

    /// @dev What an action must not change, or only in one direction.
    struct Before {
        uint256 time;
        uint256[POOLS] price;
        uint256[POOLS] index;
        uint256[POOLS] updatedAt;
        uint256[ACTORS] health;
        uint256[POOLS][ACTORS] shares;
        uint256[POOLS][ACTORS] debts;
    }

    Before internal _before;

    constructor() {
        AccessManager manager = _deployManager();
        oracle = new OracleStub();
        controller = _deployController(address(manager), address(oracle));
        uint8[POOLS] memory decimals = [6, 18, 8];
        uint256[POOLS] memory prices = [uint256(1e18), 3_000e18, 100_000e18];
        uint256[POOLS] memory thresholds = [uint256(8_800), 8_000, 7_500];
        for (uint256 i; i < POOLS; ++i) {
            tokens[i] = _deployToken(decimals[i]);
            oracle.set(address(tokens[i]), prices[i]);
            pools[i] = _deployPool(address(manager), address(controller), address(tokens[i]), i);
            pools[i].setRateModel(IUTokenTypes.RateModel(50, 800, 40_000, 7_500));
            pools[i].setReserveFactor(1_500);
            pools[i].setCaps(1e9, 1e9);
            pools[i].setFlashFee(800);
            controller.list(
                address(pools[i]),
                ILendControllerTypes.AssetParameters(thresholds[i] - 500, thresholds[i], 5_000, false, false)
            );
        }
        for (uint256 a; a < ACTORS; ++a) {
            actors[a] = new LendActor();
            for (uint256 i; i < POOLS; ++i) {
                tokens[i].mint(address(actors[a]), 1e9 * 10 ** uint256(decimals[i]));
                _call(a, address(tokens[i]), abi.encodeCall(IERC20.approve, (address(pools[i]), type(uint256).max)));
            }
        }
        // Something to lend from the start.
        for (uint256 i; i < POOLS; ++i) {
            uint256 amount = (1e5 * 10 ** uint256(decimals[i])) / (i == 0 ? 1 : 1e3);
            _call(0, address(pools[i]), abi.encodeCall(pools[i].deposit, (amount, address(actors[0]))));
        }
    }

    function _deployManager() internal virtual returns (AccessManager);
    function _deployController(address manager, address oracle_) internal virtual returns (ILendController);
    function _deployToken(uint8 decimals) internal virtual returns (DemoToken);
    function _deployPool(
        address manager,
        address controller_,
        address asset,
        uint256 id
    ) internal virtual returns (IUToken);

    // ------------------------------------------------------------------------------------------------------- acting

    function _call(
        uint256 actor,
        address target,
        bytes memory data
    ) internal returns (bool success, bytes memory result) {
        (success, result) = address(actors[actor]).call(abi.encodeCall(LendActor.execute, (target, data)));
        if (success) result = abi.decode(result, (bytes));
    }

    function _remember() internal {
        _before.time = block.timestamp;
        for (uint256 i; i < POOLS; ++i) {
            IUTokenTypes.Totals memory t = pools[i].totals();
            _before.price[i] = _priceOf(i, t);
            _before.index[i] = t.debtIndex;
            _before.updatedAt[i] = t.updatedAt;
            for (uint256 a; a < ACTORS; ++a) {
                _before.shares[a][i] = pools[i].balanceOf(address(actors[a]));
                _before.debts[a][i] = pools[i].debtSharesOf(address(actors[a]));
            }
        }
        for (uint256 a; a < ACTORS; ++a) _before.health[a] = _health(a);
    }

    /// @dev What holds after any action that moves neither time nor oracle.
    /// @param who acted; ACTORS for none
    /// @param target whose debt or collateral others may change; ACTORS for none
    /// @param badDebt whether share prices may have fallen
    function _compare(uint256 who, uint256 target, bool badDebt) internal {
        for (uint256 i; i < POOLS; ++i) {
            IUTokenTypes.Totals memory t = pools[i].totals();
            if (!badDebt) _check(_priceOf(i, t) >= _before.price[i], 3, "a share price fell");
            _check(t.debtIndex == _before.index[i], 15, "an index moved without time");
        }
        for (uint256 a; a < ACTORS; ++a) {
            if (a != who && a != target) {
                for (uint256 i; i < POOLS; ++i) {
                    address account = address(actors[a]);
                    _check(pools[i].balanceOf(account) >= _before.shares[a][i], 6, "a stranger lost shares");
                    _check(pools[i].debtSharesOf(account) == _before.debts[a][i], 6, "a stranger's debt changed");
                }
            }
            // A bad debt lowers the worth of who supplied, and so may make it ill.
            if (_before.health[a] >= 1e18 && !badDebt)
                _check(_health(a) >= 1e18, 6, "an action made a healthy account ill");
        }
    }

    // -------------------------------------------------------------------------------------------------------- reading

    function _health(uint256 actor) internal view returns (uint256) {
        return controller.healthOf(address(actors[actor])).health;
    }

    function _priceOf(uint256 i, IUTokenTypes.Totals memory t) internal view returns (uint256) {
        return ((pools[i].totalAssets() + 1) * 1e30) / (t.supplyShares + 1e6);
    }

    function _unit(uint256 i) internal view returns (uint256) {
        return 10 ** uint256(tokens[i].decimals());
    }

    /// @return From a unit to a million dollars, roughly, often near the lower end.
    function _amount(uint256 i, uint256 seed) internal view returns (uint256) {
        uint256 most =
            (1e6 * _unit(i)) /
                (
                    i == 0
                        ? 1
                        : i == 1
                            ? 3_000
                            : 100_000
                );
        if (seed % 8 == 0) return 1 + ((seed >> 8) % 1_000);
        return 1 + ((seed >> 8) % (most >> (4 * (seed % 3))));
    }

    /// @dev Remembers a violation instead of reverting: a fuzzer may overlook a reversion.
    function _check(bool holds_, uint256 invariant, string memory what) internal {
        if (!holds_ && bytes(violation[invariant]).length == 0) violation[invariant] = what;
    }
}
