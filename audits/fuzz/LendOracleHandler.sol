// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendOracleWorld} from "./LendOracleWorld.sol";
import {RelayedPrices} from "./RelayedPrices.sol";

/// @notice What the suite's handler does not do, because its oracle says what it is told: liquidators in a hurry, forged
/// messages; and what it leaves to tests: liquidations against their previews, delegates, batches of flash loans,
/// governance, and everybody leaving at once.
abstract contract LendOracleHandler is LendOracleWorld {
    /// @notice Whether invariant `n` holds, and held during every action.
    function holds(uint256 n) public view returns (bool) {
        try this.check(n) {
            return true;
        } catch {
            return false;
        }
    }

    /// @notice Whether every quote keeps INV-ORA-04 and 06.
    function quotesHold() public view returns (bool) {
        return relay.quotesHold();
    }

    // --------------------------------------------------------------------------------------------------------- prices

    /// @dev As `crash`, but mostly by a liquidator who does not wait until the oracle allows it. LEND-33.
    function rush(uint256 who, uint256 whom, uint256 pair, uint256 seed) external {
        (who, whom) = (who % ACTORS, whom % ACTORS);
        address account = address(actors[whom]);
        (uint256 bits, uint256 debtBits) = controller.accountBits(account);
        uint256 health = _favourableHealth(whom);
        if (bits == 0 || debtBits == 0 || health == 0) return;
        (uint256 debtId, uint256 collateralId) = (_near(debtBits, pair), _near(bits, pair / POOLS));

        address asset = address(tokens[collateralId]);
        uint256 price = (oracle.tryPrice(asset).low * (500 + (seed % 500)) * 1e15) / health;
        if (price >> 95 != 0) price = 0;
        uint256 haste = (seed >> 16) % 6;
        if (haste == 5) relay.set(asset, price);
        else relay.rush(asset, price, RelayedPrices.Haste(haste));
        bool may = _mayBeLiquidated(account, collateralId) && !_isInGrace(debtId) && !_isInGrace(collateralId);
        bool went = _liquidateAsPlanned(who, whom, debtId, collateralId, seed >> 24);
        if (went) _check(may, 10, "liquidated without a price, or before its grace was over");
        ++done[
            went
                ? "rushAllowed"
                : may
                    ? "rushLate"
                    : "rushTooEarly"
        ];
    }

    function _near(uint256 bits, uint256 start) private pure returns (uint256 id) {
        id = start % POOLS;
        while (bits & (1 << id) == 0) id = (id + 1) % POOLS;
    }

    /// @dev A liquidation comes to what the preview said, and costs suppliers nothing unless it strikes a debt off.
    function _liquidateAsPlanned(
        uint256 who,
        uint256 whom,
        uint256 debtId,
        uint256 collateralId,
        uint256 seed
    ) private returns (bool went) {
        ILendControllerTypes.Liquidation memory order;
        order.borrower = address(actors[whom]);
        (order.debtId, order.collateralId, order.asShares) = (debtId, collateralId, seed % 3 != 0);
        order.maxRepay = (seed >> 8) % 2 == 0 ? type(uint256).max : _amount(debtId, seed >> 16);
        (bool planned, bytes memory data) = address(controller).staticcall(
            abi.encodeCall(controller.previewLiquidation, (order.borrower, debtId, collateralId, order.maxRepay))
        );
        ILendControllerTypes.Plan memory plan;
        if (planned) plan = abi.decode(data, (ILendControllerTypes.Plan));
        uint256 had = tokens[debtId].balanceOf(address(actors[who]));
        _remember();

        (went, ) = _call(who, address(controller), abi.encodeCall(controller.liquidate, (order)));
        _compare(who, whom, went && plan.strikesOff);
        if (!went) return false;
        _check(planned, 10, "liquidated without a plan");
        _checkPlan(who, whom, order, plan, had);
        ++done[
            plan.strikesOff
                ? "planStrikesOff"
                : plan.takesAll
                    ? "planTakesAll"
                    : "planPart"
        ];
    }

    function _checkPlan(
        uint256 who,
        uint256 whom,
        ILendControllerTypes.Liquidation memory order,
        ILendControllerTypes.Plan memory plan,
        uint256 had
    ) private {
        uint256 has = tokens[order.debtId].balanceOf(address(actors[who]));
        // Unless what was paid out is the same asset.
        if (order.asShares || order.debtId != order.collateralId) {
            _check(has + plan.repaid == had, 8, "a liquidator paid something else than planned");
        }
        (uint256 bits, uint256 debtBits) = controller.accountBits(order.borrower);
        if (plan.strikesOff) _check(debtBits == 0, 9, "a debt was left behind without collateral");
        if (!plan.takesAll) return;
        uint256 shares = pools[order.collateralId].balanceOf(order.borrower);
        bool none = bits & (1 << order.collateralId) == 0 || shares == 0;
        _check(none, 11, "a liquidation of all left something");
        _check(pools[order.debtId].debtSharesOf(order.borrower) <= _before.debts[whom][order.debtId], 8, "a debt grew");
    }

    /// @dev What is owed and what is seized needs a price that a liquidation may rely on.
    function _mayBeLiquidated(address account, uint256 collateralId) private view returns (bool) {
        for (uint256 i; i < POOLS; ++i) {
            (, , uint256 owes) = pools[i].accountState(account);
            if ((owes != 0 || i == collateralId) && !relay.mayLiquidate(address(tokens[i]))) return false;
        }
        return true;
    }

    /// @dev The 15 minutes after a pool's pause.
    function _isInGrace(uint256 pool) private view returns (bool) {
        uint256 until = pools[pool].pausedUntil();
        return block.timestamp >= until && block.timestamp < until + 15 minutes;
    }

    /// @dev Nobody pushes the price of one asset any more.
    function silence(uint256 pool) external {
        oracle.setQuote(address(tokens[pool % POOLS]), 0, 0, IPriceOracle.Quality.Fallback, 0);
        ++done["silence"];
    }

    function forge(uint256 pool, uint256 answer, uint256 observedAt, uint256 age) external {
        relay.forge(address(tokens[pool % POOLS]), answer, observedAt, age);
        ++done["forge"];
    }

    // ------------------------------------------------------------------------------------------------------- accounts

    /// @dev LEND-13: whom lets who borrow up to a limit.
    function borrowFor(uint256 who, uint256 whom, uint256 pool, uint256 seed) external {
        (who, whom, pool) = (who % ACTORS, whom % ACTORS, pool % POOLS);
        if (who == whom) return;
        (address me, address owner) = (address(actors[who]), address(actors[whom]));
        uint256 amount = _amount(pool, seed);
        uint256 allowed = seed % 4 == 0 ? amount - 1 : amount + ((seed >> 128) % 1_000);
        _call(whom, address(pools[pool]), abi.encodeCall(IUToken(address(0)).approveBorrow, (me, allowed)));
        _remember();
        (bool ok, ) = _call(who, address(pools[pool]), abi.encodeCall(IUToken(address(0)).borrow, (amount, owner, me)));
        uint256 left = pools[pool].borrowAllowance(owner, me);
        _check(left == (ok ? allowed - amount : allowed), 6, "a borrow allowance was not spent as it should");
        if (ok) {
            _check(amount <= allowed, 6, "a delegate borrowed more than it may");
            _requireCovered(whom);
            ++done["borrowFor"];
        }
        _compare(ACTORS, whom, false);
        _call(whom, address(pools[pool]), abi.encodeCall(IUToken(address(0)).approveBorrow, (me, 0)));
    }

    function flashBatch(uint256 who, uint256 seed) external {
        uint256[] memory ids = new uint256[](2);
        uint256[] memory amounts = new uint256[](2);
        uint256[] memory fees = new uint256[](2);
        ids[0] = seed % POOLS;
        ids[1] = (ids[0] + 1 + ((seed >> 8) % 2)) % POOLS;
        IUTokenTypes.Totals[2] memory before;
        for (uint256 i; i < 2; ++i) {
            IUToken pool = pools[ids[i]];
            pool.accrue();
            before[i] = pool.totals();
            amounts[i] = (before[i].cash * ((seed >> (16 + 16 * i)) % 1_001)) / 1_000;
            fees[i] = pool.flashFee(address(tokens[ids[i]]), amounts[i]);
        }
        _remember();
        try controller.flashLoanBatch(actors[who % ACTORS], ids, amounts, "") {
            for (uint256 i; i < 2; ++i) {
                IUTokenTypes.Totals memory t = pools[ids[i]].totals();
                bool same = t.debtShares == before[i].debtShares && t.supplyShares == before[i].supplyShares;
                _check(same, 19, "a batch of flash loans moved shares");
                _check(t.cash == before[i].cash + fees[i], 19, "a fee of a batch is off");
            }
            ++done["flashBatch"];
        } catch {}
        _compare(who % ACTORS, ACTORS, false);
    }

    /// @dev INV-LEND-17, with whatever prices there are: everybody repays, and then takes out all that it has.
    function leave(uint256 seed) external {
        if (seed % 64 != 0) return;
        for (uint256 i; i < POOLS * ACTORS; ++i) {
            (uint256 pool, uint256 who) = (i % POOLS, i / POOLS);
            address me = address(actors[who]);
            uint256 debt = pools[pool].debtOf(me);
            if (debt == 0) continue;
            tokens[pool].mint(me, debt);
            (bool ok, ) = _call(who, address(pools[pool]), abi.encodeCall(IUToken(address(0)).repay, (debt, me)));
            _check(ok && pools[pool].debtOf(me) == 0, 17, "a debt cannot be repaid");
        }
        for (uint256 i; i < POOLS * ACTORS; ++i) {
            (uint256 pool, uint256 who) = (i % POOLS, i / POOLS);
            address me = address(actors[who]);
            uint256 shares = pools[pool].balanceOf(me);
            if (pools[pool].previewRedeem(shares) == 0) continue;
            (bool ok, ) = _call(
                who,
                address(pools[pool]),
                abi.encodeCall(IUToken(address(0)).redeem, (shares, me, me))
            );
            _check(ok, 17, "shares cannot be redeemed without any debt");
        }
        ++done["leave"];
    }

    // ----------------------------------------------------------------------------------------------------- governance

    /// @dev Within the bounds of the code: LEND-38. A curve or a factor never works backwards.
    function govern(uint256 pool, uint256 seed) external {
        pool = pool % POOLS;
        _remember();
        if (seed % 4 == 0) {
            pools[pool].setRateModel(
                IUTokenTypes.RateModel(
                    (seed >> 8) % 10_001,
                    (seed >> 24) % 20_001,
                    (seed >> 40) % 100_001,
                    1_000 + ((seed >> 64) % 8_901)
                )
            );
        } else if (seed % 4 == 1) {
            pools[pool].setReserveFactor((seed >> 8) % 2_501);
        } else if (seed % 4 == 2) {
            pools[pool].setFlashFee((seed >> 8) % 901);
        } else {
            // One in eight of these closes the pool to new money.
            uint256 cap = seed % 32 == 3 ? 0 : 1e9;
            pools[pool].setCaps(cap, cap);
        }
        _compare(ACTORS, ACTORS, false);
        ++done["govern"];
    }
}
