// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendProperties} from "./LendProperties.sol";

/// @notice All actions on the lending protocol: what a fuzzer calls in any order.
abstract contract LendHandler is LendProperties {
    function _warp(uint256 to) internal virtual;

    // ------------------------------------------------------------------------------------------------------- accounts

    function deposit(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        uint256 amount = _amount(pool, seed);
        _remember();
        uint256 expected = pools[pool].previewDeposit(amount);
        (bool ok, bytes memory result) = _call(
            who,
            address(pools[pool]),
            abi.encodeCall(IUToken(address(0)).deposit, (amount, address(actors[who])))
        );
        if (ok) _check(abi.decode(result, (uint256)) == expected, 7, "deposit is not as previewed");
        _after(ok, "deposit", who, who);
    }

    function mint(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        uint256 shares = _amount(pool, seed) * (1 + (seed % 1e6));
        _remember();
        (bool ok, ) = _call(
            who,
            address(pools[pool]),
            abi.encodeCall(IUToken(address(0)).mint, (shares, address(actors[who])))
        );
        _after(ok, "mint", who, who);
    }

    function withdraw(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        address me = address(actors[who]);
        uint256 most = pools[pool].maxWithdraw(me);
        uint256 amount =
            seed % 4 == 0
                ? most
                : seed % 5 == 0
                    ? _amount(pool, seed)
                    : (most * (seed % 1_000)) / 1_000;
        _remember();
        uint256 had = tokens[pool].balanceOf(me);
        (bool ok, ) = _call(who, address(pools[pool]), abi.encodeCall(IUToken(address(0)).withdraw, (amount, me, me)));
        if (amount != 0 && amount <= most) _check(ok, 17, "maxWithdraw could not be withdrawn");
        if (ok) {
            _check(tokens[pool].balanceOf(me) == had + amount, 8, "a withdrawal paid another amount");
            _requireCovered(who);
        }
        _after(ok, "withdraw", who, who);
    }

    function redeem(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        address me = address(actors[who]);
        uint256 most = pools[pool].maxRedeem(me);
        uint256 shares = seed % 3 == 0 ? most : (most * (seed % 1_000)) / 1_000;
        _remember();
        uint256 expected = pools[pool].previewRedeem(shares);
        (bool ok, bytes memory result) = _call(
            who,
            address(pools[pool]),
            abi.encodeCall(IUToken(address(0)).redeem, (shares, me, me))
        );
        if (expected != 0) _check(ok, 17, "maxRedeem could not be redeemed");
        if (ok) {
            _check(abi.decode(result, (uint256)) == expected, 7, "redeem is not as previewed");
            _requireCovered(who);
        }
        _after(ok, "redeem", who, who);
    }

    function borrow(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        address me = address(actors[who]);
        uint256 amount = seed % 2 == 0 ? _nearlyAll(who, pool, seed) : _amount(pool, seed);
        _remember();
        uint256 owed = pools[pool].debtOf(me);
        (bool ok, ) = _call(who, address(pools[pool]), abi.encodeCall(IUToken(address(0)).borrow, (amount, me, me)));
        if (ok) {
            _check(pools[pool].debtOf(me) + 1 >= owed + amount, 8, "a debt grew by less than was lent");
            _requireCovered(who);
        }
        _after(ok, "borrow", who, who);
    }

    /// @return From nine tenths to all of what the account can still borrow, so that prices soon make it ill.
    function _nearlyAll(uint256 who, uint256 pool, uint256 seed) private view returns (uint256) {
        ILendControllerTypes.AccountHealth memory h = controller.healthOf(address(actors[who]));
        if (h.power <= h.debt) return 1;
        uint256 price = oracle.tryPrice(address(tokens[pool])).high;
        uint256 most = ((((h.power - h.debt) * (900 + ((seed >> 8) % 101))) / 1_000) * _unit(pool)) / price;
        uint256 cash = pools[pool].totals().cash;
        return most < cash ? most : cash;
    }

    function repay(uint256 who, uint256 whom, uint256 pool, uint256 seed) external {
        (who, whom, pool) = (who % ACTORS, whom % ACTORS, pool % POOLS);
        address debtor = address(actors[whom]);
        uint256 owed = pools[pool].debtOf(debtor);
        uint256 amount = seed % 3 == 0 ? type(uint256).max : _amount(pool, seed);
        _remember();
        uint256 had = tokens[pool].balanceOf(address(actors[who]));
        (bool ok, ) = _call(who, address(pools[pool]), abi.encodeCall(IUToken(address(0)).repay, (amount, debtor)));
        if (owed != 0 && amount >= owed && had >= owed) _check(ok, 17, "a debt could not be repaid in full");
        if (ok) {
            uint256 paid = had - tokens[pool].balanceOf(address(actors[who]));
            _check(paid <= owed, 8, "paid more than was owed");
            _check(owed - pools[pool].debtOf(debtor) <= paid, 8, "a debt fell by more than was paid");
        }
        _after(ok, "repay", who, whom);
    }

    function transfer(uint256 from, uint256 to, uint256 pool, uint256 seed) external {
        (from, to, pool) = (from % ACTORS, to % ACTORS, pool % POOLS);
        uint256 held = pools[pool].balanceOf(address(actors[from]));
        bool on = pools[pool].isCollateral(address(actors[to]));
        _remember();
        (bool ok, ) = _call(
            from,
            address(pools[pool]),
            abi.encodeCall(IERC20.transfer, (address(actors[to]), (held * (seed % 1_001)) / 1_000))
        );
        _check(pools[pool].isCollateral(address(actors[to])) == on, 12, "receiving switched collateral");
        if (ok && from != to) _requireCovered(from);
        _after(ok, "transfer", from, from);
    }

    function switchCollateral(uint256 who, uint256 pool, bool on) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        bool was = pools[pool].isCollateral(address(actors[who]));
        _remember();
        (bool ok, ) = _call(who, address(pools[pool]), abi.encodeCall(IUToken(address(0)).setCollateral, (on)));
        if (ok && was && !on) _requireCoveredNow(who);
        _after(ok, on ? "collateralOn" : "collateralOff", who, who);
    }

    // ----------------------------------------------------------------------------------------------------- liquidation

    /// @dev A fall that makes the account ill, from a little to far under water, and a liquidator who sees it.
    function crash(uint256 who, uint256 whom, uint256 pair, uint256 seed) external {
        uint256 health = _favourableHealth(whom % ACTORS);
        (uint256 bits, uint256 debtBits) = controller.accountBits(address(actors[whom % ACTORS]));
        if (debtBits == 0 || bits == 0 || health == 0) return;
        address asset = address(tokens[_bitNear(bits, (pair / POOLS) % POOLS)]);
        uint256 price = oracle.tryPrice(asset).low;
        price = (price * (500 + (seed % 500)) * 1e15) / health;
        if (price == 0 || price >> 95 != 0) return;
        for (uint256 i; i < POOLS; ++i) oracle.set(address(tokens[i]), oracle.tryPrice(address(tokens[i])).low);
        oracle.set(asset, price);
        liquidate(who, whom, pair | 1, seed >> 16);
        ++done["crash"];
    }

    function liquidate(uint256 who, uint256 whom, uint256 pair, uint256 seed) public {
        (who, whom) = (who % ACTORS, whom % ACTORS);
        ILendControllerTypes.Liquidation memory order;
        order.borrower = address(actors[whom]);
        (order.debtId, order.collateralId) = (pair % POOLS, (pair / POOLS) % POOLS);
        if (pair % 8 != 0) {
            // Mostly what the account has, so that it is about amounts and not about ids.
            (uint256 collateralBits, uint256 debtBits) = controller.accountBits(order.borrower);
            order.debtId = _bitNear(debtBits, order.debtId);
            order.collateralId = _bitNear(collateralBits, order.collateralId);
        }
        order.maxRepay = seed % 2 == 0 ? type(uint256).max : _amount(order.debtId, seed);
        order.asShares = seed % 3 != 0;
        _remember();
        uint256 health = _favourableHealth(whom);
        ILendControllerTypes.AccountHealth memory h = controller.healthOf(order.borrower);
        (bool ok, ) = _call(who, address(controller), abi.encodeCall(controller.liquidate, (order)));
        bool struck;
        if (ok) {
            _check(health < 1e18, 10, "a healthy account was liquidated");
            _check(who != whom, 10, "an account liquidated itself");
            struck = controller.healthOf(order.borrower).debt == 0;
            _improves(whom, order, h, struck);
        }
        _compare(who, whom, struck);
        if (ok) {
            ++done[struck ? "liquidateAll" : "liquidate"];
            if (order.asShares) ++done["liquidateForShares"];
        }
    }

    function _bitNear(uint256 bits, uint256 start) private pure returns (uint256) {
        for (uint256 i; i < POOLS; ++i) {
            if (bits & (1 << ((start + i) % POOLS)) != 0) return (start + i) % POOLS;
        }
        return start;
    }

    /// @dev A liquidation improves health that is above (1 + bonus) x threshold of what is seized, but for what rounding
    /// may cost the account: a debt share and a unit on the one side, two units on the other.
    function _improves(
        uint256 whom,
        ILendControllerTypes.Liquidation memory order,
        ILendControllerTypes.AccountHealth memory h,
        bool struck
    ) private {
        if (struck || h.quality != IPriceOracle.Quality.Fresh || h.debt < 100e18) return;
        ILendControllerTypes.AssetInfo memory info = controller.assetInfo(order.collateralId);
        if (h.health * 10_000 <= (1e18 + info.bonus) * info.parameters.threshold) return;
        uint256 share = pools[order.debtId].totals().debtIndex / 1e18 + 2;
        uint256 rounded = _valueUp(order.debtId, share) + _valueUp(order.collateralId, 2);
        ILendControllerTypes.AccountHealth memory left = controller.healthOf(address(actors[whom]));
        _check(
            left.health + 1e10 + (rounded * 1e18) / left.debt >= h.health,
            11,
            "a partial liquidation made it worse"
        );
    }

    function _valueUp(uint256 pool, uint256 amount) private view returns (uint256) {
        return (amount * oracle.tryPrice(address(tokens[pool])).high) / _unit(pool) + 1;
    }

    // ---------------------------------------------------------------------------------------------------------- others

    function flash(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        uint256 amount = (pools[pool].maxFlashLoan(address(tokens[pool])) * (seed % 1_001)) / 1_000;
        // A flash loan writes no interest, and its fee is cash from the last accrual on: here that is now.
        pools[pool].accrue();
        IUTokenTypes.Totals memory t = pools[pool].totals();
        _remember();
        try pools[pool].flashLoan(actors[who], address(tokens[pool]), amount, "") {
            IUTokenTypes.Totals memory u = pools[pool].totals();
            _check(u.debtShares == t.debtShares && u.supplyShares == t.supplyShares, 19, "a flash loan moved shares");
            _check(
                u.cash == t.cash + pools[pool].flashFee(address(tokens[pool]), amount),
                19,
                "a flash loan's fee is off"
            );
            ++done["flash"];
        } catch {}
        _compare(who, ACTORS, false);
    }

    function donate(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        _remember();
        (bool ok, ) = _call(
            who,
            address(tokens[pool]),
            abi.encodeCall(IERC20.transfer, (address(pools[pool]), _amount(pool, seed)))
        );
        _check(_priceOf(pool, pools[pool].totals()) == _before.price[pool], 20, "a donation moved a share price");
        _after(ok, "donate", who, who);
    }

    function reserve(uint256 who, uint256 pool, uint256 seed) external {
        (who, pool) = (who % ACTORS, pool % POOLS);
        _remember();
        bytes memory data =
            seed % 2 == 0
                ? abi.encodeCall(IUToken(address(0)).sweepReserve, ())
                : abi.encodeCall(IUToken(address(0)).fundInsurance, (_amount(pool, seed)));
        (bool ok, ) = _call(who, address(pools[pool]), data);
        _after(ok, seed % 2 == 0 ? "sweep" : "insure", who, who);
    }

    function pause(uint256 pool, uint256 seed) external {
        pool = pool % POOLS;
        _remember();
        try pools[pool].pause(1 + (seed % 7 days)) {
            ++done["pause"];
        } catch {}
        _compare(ACTORS, ACTORS, false);
    }

    // --------------------------------------------------------------------------------------------------- price and time

    /// @dev Within a tenth and ten times what it was at the start.
    function movePrice(uint256 pool, uint256 seed) external {
        pool = pool % POOLS;
        uint256[POOLS] memory start = [uint256(1e18), 3_000e18, 100_000e18];
        uint256 price = oracle.tryPrice(address(tokens[pool])).low;
        // Mostly small steps: they leave accounts that are ill by a little.
        uint256 step = (seed >> 16) % 3 == 0 ? 700 + ((seed >> 32) % 601) : 950 + ((seed >> 32) % 101);
        price = (price * step) / 1_000;
        if (price < start[pool] / 10 || price > start[pool] * 10) price = start[pool];
        if (seed % 7 == 0) {
            oracle.setQuote(address(tokens[pool]), (price * 9) / 10, price, IPriceOracle.Quality.Pending, 0);
        } else if (seed % 11 == 0) {
            oracle.setQuote(address(tokens[pool]), price, price, IPriceOracle.Quality.Fallback, 0);
            // Mostly something is known of it, be it that it was far from what the order book says.
            uint256 last = (price * ((seed >> 64) % 301)) / 100;
            oracle.setLastPrice(address(tokens[pool]), (seed >> 48) % 4 == 0 ? 0 : last);
        } else if (seed % 13 == 0) {
            oracle.setQuote(
                address(tokens[pool]),
                price,
                price,
                IPriceOracle.Quality.Fresh,
                block.timestamp + 15 minutes
            );
        } else {
            oracle.set(address(tokens[pool]), price);
        }
        ++done["movePrice"];
    }

    function warp(uint256 seed) external {
        _remember();
        _warp(block.timestamp + 1 + (seed % 20 days));
        for (uint256 i; i < POOLS; ++i) {
            IUTokenTypes.Totals memory t = pools[i].totals();
            _check(t.debtIndex >= _before.index[i], 15, "an index fell");
            _check(_priceOf(i, t) >= _before.price[i], 3, "time lowered a share price");
            if (t.debtShares == 0) _check(t.debtIndex == _before.index[i], 16, "interest without debt");
        }
        ++done["warp"];
    }

    function accrue(uint256 pool) external {
        pool = pool % POOLS;
        _remember();
        pools[pool].accrue();
        _compare(ACTORS, ACTORS, false);
        ++done["accrue"];
    }

    function _after(bool ok, string memory action, uint256 who, uint256 target) private {
        _compare(who, target, false);
        if (ok) ++done[action];
    }
}
