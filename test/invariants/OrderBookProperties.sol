// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderBookWorld} from "./OrderBookWorld.sol";

/// @notice The invariants INV-DEX-01 to 13 as checks, for Hardhat, Echidna and Medusa alike. Some are checked over the
/// whole state here; others where an action happens, which leaves its finding in `violation`.
abstract contract OrderBookProperties is OrderBookWorld {
    error Broken(uint256 invariant, string what);

    /// @notice Reverts with `Broken` when invariant `n` does not hold.
    function check(uint256 n) public view {
        if (bytes(violation[n]).length != 0) revert Broken(n, violation[n]);
        if (n == 1) _checkSolvency();
        if (n == 2) _checkRemaining();
        if (n == 4) _checkSplitNeutrality();
        if (n == 5) _checkEndedIds();
        if (n == 6) _checkBalances();
        if (n == 7) _checkOwners();
        if (n == 9) _checkReentrancy();
    }

    /// @notice Whether invariant `n` holds, for harnesses that want an answer.
    function holds(uint256 n) external view returns (bool) {
        try this.check(n) {
            return true;
        } catch {
            return false;
        }
    }

    /// @dev For every token: what the book holds is what remains + credits + fees, to the unit.
    function _checkSolvency() private view {
        for (uint256 t; t < _tokens.length; ++t) {
            address token = _tokens[t];
            uint256 owed = book.accruedFees(token);
            for (uint256 i; i < _actors.length; ++i) owed += book.creditOf(address(_actors[i]), token);
            for (uint256 i; i < _ids.length; ++i) {
                if (_ghosts[_ids[i]].sellToken != token || _ghosts[_ids[i]].ended) continue;
                owed += order(_ids[i], address(0)).remaining;
            }
            if (IERC20(token).balanceOf(address(book)) != owed) revert Broken(1, "balance is not what is owed");
        }
    }

    /// @dev Paid in = sold + paid back + remaining, for every id.
    function _checkRemaining() private view {
        for (uint256 i; i < _ids.length; ++i) {
            if (order(_ids[i], address(0)).remaining != _remaining(_ghosts[_ids[i]])) {
                revert Broken(2, "remaining is not what was paid in less what left");
            }
        }
    }

    /// @dev At one price: ceil(sum) <= sum of ceils <= ceil(sum) + fills - 1.
    function _checkSplitNeutrality() private view {
        for (uint256 i; i < _ids.length; ++i) {
            Ghost storage ghost = _ghosts[_ids[i]];
            if (ghost.fillsAtPrice == 0) continue;
            uint256 whole = _cost(ghost.price, ghost.soldAtPrice);
            if (ghost.paidAtPrice < whole) revert Broken(4, "parts were cheaper than the whole");
            if (ghost.paidAtPrice > whole + ghost.fillsAtPrice - 1) revert Broken(4, "more than a unit a part");
        }
    }

    function _checkEndedIds() private view {
        for (uint256 i; i < _ids.length; ++i) {
            if (!_ghosts[_ids[i]].ended) continue;
            IOrderTypes.Order memory o = order(_ids[i], address(0));
            if (o.status != IOrderTypes.FillStatus.Nonexistent || o.remaining != 0 || o.owner != address(0)) {
                revert Broken(5, "an ended order is still there");
            }
        }
    }

    /// @dev For every account: its ERC-721 balance is the number of orders that it owns.
    function _checkBalances() private view {
        for (uint256 i; i < _actors.length; ++i) {
            uint256 count;
            for (uint256 j; j < _ids.length; ++j) {
                Ghost storage ghost = _ghosts[_ids[j]];
                if (!ghost.ended && ghost.owner == address(_actors[i])) ++count;
            }
            if (book.balanceOf(address(_actors[i])) != count) revert Broken(6, "balance does not count the orders");
        }
    }

    function _checkOwners() private view {
        for (uint256 i; i < _ids.length; ++i) {
            Ghost storage ghost = _ghosts[_ids[i]];
            if (ghost.ended) continue;
            if (book.ownerOf(_ids[i]) != ghost.owner) revert Broken(7, "owner changed unasked");
            if (book.getApproved(_ids[i]) != ghost.approved) revert Broken(7, "approval changed unasked");
        }
    }

    /// @dev Whatever an actor tried while the book was calling out was refused.
    function _checkReentrancy() private view {
        for (uint256 i; i < _actors.length; ++i) {
            if (_actors[i].successes() != 0) revert Broken(9, "a call went through while the book was locked");
        }
    }
}
