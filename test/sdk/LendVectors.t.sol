// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardWord, GuardWordLib} from "../../contracts/access/GuardWord.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {InterestRateModel} from "../../contracts/lend/libraries/InterestRateModel.sol";
import {LendMath} from "../../contracts/lend/libraries/LendMath.sol";
import {LiquidationMath} from "../../contracts/lend/libraries/LiquidationMath.sol";
import {Market} from "../../contracts/lend/libraries/Market.sol";
import {PoolConfig} from "../../contracts/lend/libraries/PoolConfig.sol";
import {LendVectors} from "./LendVectors.sol";
import {VectorReader} from "./VectorReader.sol";

/// @notice Puts the library's reverting function behind a call, so that a revert can be told from a result.
contract Planner {
    function plan(
        LiquidationMath.Side memory debt,
        LiquidationMath.Side memory collateral,
        LiquidationMath.Whole memory whole,
        uint256 asked
    ) external pure returns (ILendControllerTypes.Plan memory p) {
        LiquidationMath.plan(p, debt, collateral, whole, asked);
    }
}

/// @notice The SDK's lending maths, number for number, against the libraries'.
contract LendVectorsTest is VectorReader {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    Planner internal planner = new Planner();

    function test_vectors_cover() public pure {
        assertGe(LendVectors.MARKETS, 150, "enough markets");
        assertGe(LendVectors.PLANS, 200, "enough plans");
        assertEq(LendVectors.markets().length, LendVectors.MARKETS * LendVectors.MARKET_SIZE, "markets are whole");
        assertEq(LendVectors.plans().length, LendVectors.PLANS * LendVectors.PLAN_SIZE, "plans are whole");
    }

    // ------------------------------------------------------------------------------------------------------- markets

    function test_vectors_rates() public pure {
        bytes memory data = LendVectors.markets();
        for (uint256 i; i < LendVectors.MARKETS; ++i) {
            Cursor memory at = Cursor(data, i * LendVectors.MARKET_SIZE);
            (GuardWord config, Market memory m, uint256 elapsed) = _market(at);
            _skip(at, 26);

            uint256 debt = m.debtDown();
            uint256 utilisation = InterestRateModel.utilisationUp(m.cash, debt);
            assertEq(utilisation, _next(at, 8), _message("utilisation of market", i));
            uint256 rate = InterestRateModel.ratePerYear(config, utilisation);
            assertEq(rate, _next(at, 8), _message("rate of market", i));
            uint256 growth = InterestRateModel.growthDown(rate, elapsed);
            assertEq(growth, _next(at, 16), _message("growth of market", i));
            assertEq(_supplyRate(config, m, rate), _next(at, 16), _message("supply rate of market", i));
        }
    }

    /// @dev As `UTokenExtension.supplyRate` puts it together.
    function _supplyRate(GuardWord config, Market memory m, uint256 rate) private pure returns (uint256) {
        uint256 total = m.totalAssets();
        if (total == 0) return 0;
        return rate.mulDivDown(LendMath.BPS - config.reserveFactorBps(), LendMath.BPS).mulDivDown(m.debtDown(), total);
    }

    function test_vectors_accrue() public {
        bytes memory data = LendVectors.markets();
        for (uint256 i; i < LendVectors.MARKETS; ++i) {
            Cursor memory at = Cursor(data, i * LendVectors.MARKET_SIZE);
            (GuardWord config, Market memory m, uint256 elapsed) = _market(at);
            _skip(at, 26 + 48);

            vm.warp(elapsed);
            m.accrue(config);
            assertEq(m.debtIndex, _next(at, 12), _message("index of market", i));
            assertEq(m.reserve, _next(at, 10), _message("reserve of market", i));
            assertEq(m.updatedAt, elapsed, _message("time of market", i));
        }
    }

    function test_vectors_shares() public pure {
        bytes memory data = LendVectors.markets();
        for (uint256 i; i < LendVectors.MARKETS; ++i) {
            Cursor memory at = Cursor(data, i * LendVectors.MARKET_SIZE);
            (, Market memory m, ) = _market(at);
            uint256 assets = _next(at, 12);
            uint256 shares = _next(at, 14);
            _skip(at, 48 + 22);

            assertEq(m.debtDown(), _next(at, 12), _message("debt of market", i));
            assertEq(m.totalAssets(), _next(at, 13), _message("total of market", i));
            assertEq(m.toSharesDown(assets), _next(at, 32), _message("shares down of market", i));
            assertEq(m.toSharesUp(assets), _next(at, 32), _message("shares up of market", i));
            assertEq(m.toAssetsDown(shares), _next(at, 32), _message("assets down of market", i));
            assertEq(m.toAssetsUp(shares), _next(at, 32), _message("assets up of market", i));
            assertEq(m.toDebtSharesDown(assets), _next(at, 12), _message("debt shares down of market", i));
            assertEq(m.toDebtSharesUp(assets), _next(at, 12), _message("debt shares up of market", i));
            assertEq(m.debtUp(m.debtShares), _next(at, 12), _message("debt up of market", i));
        }
    }

    function _market(Cursor memory at) private pure returns (GuardWord config, Market memory m, uint256 elapsed) {
        uint256 base = _next(at, 2);
        uint256 slope1 = _next(at, 2);
        uint256 slope2 = _next(at, 3);
        uint256 kink = _next(at, 2);
        config = GuardWordLib.OPEN.withCurve(base, slope1, slope2, kink).withReserveFactor(_next(at, 2));
        m.cash = _next(at, 12);
        m.reserve = _next(at, 10);
        m.supplyShares = _next(at, 14);
        m.debtShares = _next(at, 12);
        m.debtIndex = _next(at, 12);
        elapsed = _next(at, 4);
    }

    // --------------------------------------------------------------------------------------------------------- plans

    function test_vectors_plans() public view {
        bytes memory data = LendVectors.plans();
        for (uint256 i; i < LendVectors.PLANS; ++i) _checkPlan(Cursor(data, i * LendVectors.PLAN_SIZE), i);
    }

    function _checkPlan(Cursor memory at, uint256 i) private view {
        LiquidationMath.Side memory debt = _side(at);
        LiquidationMath.Side memory collateral = _side(at);
        LiquidationMath.Whole memory whole;
        whole.debt = _next(at, 16);
        whole.collateral = _next(at, 16);
        whole.cover = _next(at, 16);
        whole.thresholdBps = _next(at, 2);
        whole.riskBps = 10_000 - _next(at, 2);
        whole.closeFactorBps = _next(at, 2);
        uint256 asked = _next(at, 12);
        assertEq(LiquidationMath.healthDown(whole.cover, whole.debt), _next(at, 32), _message("health of plan", i));
        assertEq(LiquidationMath.bonusDown(whole.thresholdBps), _next(at, 8), _message("bonus of plan", i));

        ILendControllerTypes.Plan memory expected;
        expected.repaid = _next(at, 12);
        expected.assets = _next(at, 12);
        expected.protocolAssets = _next(at, 12);
        uint256 flags = _next(at, 1);
        whole.strikes = flags & 8 != 0;
        expected.takesAll = flags & 2 != 0;
        expected.strikesOff = flags & 4 != 0;

        try planner.plan(debt, collateral, whole, asked) returns (ILendControllerTypes.Plan memory plan) {
            assertEq(flags & 1, 0, _message("no dust in plan", i));
            assertEq(keccak256(abi.encode(plan)), keccak256(abi.encode(expected)), _message("plan", i));
        } catch (bytes memory reason) {
            assertEq(flags & 1, 1, _message("dust in plan", i));
            assertEq(
                bytes32(bytes4(reason)),
                bytes32(ILendControllerTypes.LeavesDust.selector),
                _message("error of plan", i)
            );
        }
    }

    function _side(Cursor memory at) private pure returns (LiquidationMath.Side memory side) {
        side.amount = _next(at, 12);
        side.price = _next(at, 12);
        side.unit = 10 ** _next(at, 1);
    }
}
