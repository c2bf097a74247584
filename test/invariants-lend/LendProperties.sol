// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendWorld} from "./LendWorld.sol";

/// @notice INV-LEND-*: what holds after any sequence of actions. Numbers as in docs/requirements-lend.md.
abstract contract LendProperties is LendWorld {
    error Violated(uint256 invariant, string what);

    /// @notice Reverts when invariant `n` does not hold, or did not during some action.
    function check(uint256 n) external view {
        if (bytes(violation[n]).length != 0) revert Violated(n, violation[n]);
        for (uint256 i; i < POOLS; ++i) _checkPool(n, i);
        if (n == 9 || n == 12) {
            for (uint256 a; a < ACTORS; ++a) _checkAccount(n, address(actors[a]));
        }
    }

    function _checkPool(uint256 n, uint256 i) private view {
        IUToken pool = pools[i];
        IUTokenTypes.Totals memory t = pool.totals();
        if (n == 1) {
            _hold(tokens[i].balanceOf(address(pool)) >= t.cash, n, "the balance is below the cash");
        } else if (n == 2) {
            uint256 claims = t.reserve;
            for (uint256 a; a < ACTORS; ++a) claims += pool.previewRedeem(pool.balanceOf(address(actors[a])));
            _hold(claims <= t.cash + t.debt + 1, n, "claims are above cash and debt");
        } else if (n == 4) {
            uint256 sum;
            for (uint256 a; a < ACTORS; ++a) sum += pool.balanceOf(address(actors[a]));
            _hold(sum == pool.totalSupply(), n, "balances do not add up to the supply");
        } else if (n == 5) {
            uint256 sum;
            uint256 owed;
            for (uint256 a; a < ACTORS; ++a) {
                sum += pool.debtSharesOf(address(actors[a]));
                owed += pool.debtOf(address(actors[a]));
            }
            _hold(sum == t.debtShares, n, "debts do not add up to the total");
            _hold(owed >= t.debt && owed <= t.debt + ACTORS, n, "accounts owe less than the pool counts on");
        } else if (n == 14) {
            _hold(t.insurance <= t.reserve, n, "more is insured than reserved");
            _hold(t.reserve <= t.cash + t.debt, n, "the reserve is above the assets");
        } else if (n == 15) {
            _hold(t.updatedAt <= block.timestamp && t.debtIndex >= 1e18, n, "time or index run backwards");
        }
    }

    function _checkAccount(uint256 n, address account) private view {
        (uint256 collateralBits, uint256 debtBits) = controller.accountBits(account);
        uint256 shares;
        for (uint256 i; i < POOLS; ++i) {
            bool owes = pools[i].debtSharesOf(account) != 0;
            bool on = pools[i].isCollateral(account);
            if (n == 12) {
                _hold(owes == (debtBits & (1 << i) != 0), n, "a debt bit is wrong");
                _hold(on == (collateralBits & (1 << i) != 0), n, "a collateral bit is wrong");
            }
            if (on) shares += pools[i].balanceOf(account);
        }
        if (n == 9) _hold(debtBits == 0 || shares != 0, n, "a debt without collateral");
    }

    /// @dev After an action: if it grew a debt or took collateral away, debts are within the borrowing power, at fresh
    /// prices. Everything else asks nothing.
    function _requireCovered(uint256 who) internal {
        address account = address(actors[who]);
        for (uint256 i; i < POOLS; ++i) {
            bool owesMore = pools[i].debtSharesOf(account) > _before.debts[who][i];
            bool hasLess = pools[i].isCollateral(account) && pools[i].balanceOf(account) < _before.shares[who][i];
            if (owesMore || hasLess) return _requireCoveredNow(who);
        }
    }

    function _requireCoveredNow(uint256 who) internal {
        ILendControllerTypes.AccountHealth memory h = controller.healthOf(address(actors[who]));
        if (h.debt == 0) return;
        _check(h.power + 1e6 >= h.debt, 6, "a risk grew beyond the borrowing power");
        _check(h.quality == IPriceOracle.Quality.Fresh, 6, "a risk grew on a price that is not fresh");
    }

    /// @dev Health at the prices that favour the account, computed here: what it does not owe counts twice at its last price
    /// while it has none that is good for a liquidation, and in its grace.
    function _favourableHealth(uint256 who) internal view returns (uint256) {
        uint256 cover;
        uint256 debt;
        uint256[POOLS] memory thresholds = [uint256(8_800), 8_000, 7_500];
        for (uint256 i; i < POOLS; ++i) {
            (, uint256 has, uint256 owes) = pools[i].accountState(address(actors[who]));
            IPriceOracle.Quote memory quote = oracle.tryPrice(address(tokens[i]));
            uint256 price = owes == 0 ? _priceBeside(address(tokens[i]), quote) : quote.high;
            cover += (((has * price) / _unit(i)) * thresholds[i]) / 10_000;
            debt += (owes * quote.low) / _unit(i);
        }
        return debt == 0 ? type(uint256).max : (cover * 1e18) / debt;
    }

    function _priceBeside(address asset, IPriceOracle.Quote memory quote) private view returns (uint256) {
        bool isGood = quote.quality >= IPriceOracle.Quality.Pending && quote.low != 0;
        if (isGood) return block.timestamp < quote.liquidatableFrom ? 2 * quote.high : quote.high;
        uint256 last = oracle.lastPrice(asset);
        return last == 0 ? quote.high : 2 * last;
    }

    function _hold(bool holds_, uint256 n, string memory what) private pure {
        if (!holds_) revert Violated(n, what);
    }
}
