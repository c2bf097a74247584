// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardState} from "../access/GuardState.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {TokenLib} from "../libraries/TokenLib.sol";
import {IUTokenTypes} from "./interfaces/IUTokenTypes.sol";
import {AccountWord, PoolAccount} from "./libraries/Account.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {Market, MarketLib, MarketWords} from "./libraries/Market.sol";

/// @notice The storage of a pool, and what can be done with it by whoever does not know the pool's asset and controller.
abstract contract UTokenStorage is GuardState, IUTokenTypes {
    using LendMath for uint256;

    /// @dev Shares have this many decimals more than the asset: the virtual shares are 10 to the power of it.
    uint256 internal constant _DECIMALS_OFFSET = 6;
    /// @dev Of a flash loan's fee, in basis points.
    uint256 internal constant _RESERVE_OF_FLASH_FEE = 8_000;

    MarketWords internal _market;
    mapping(address account => PoolAccount) internal _accounts;
    mapping(address owner => mapping(address spender => uint256)) internal _allowances;
    mapping(address owner => mapping(address delegate => uint256)) internal _borrowAllowances;
    mapping(address owner => uint256) internal _nonces;
    /// @dev Part of the reserve that is kept for bad debt.
    uint256 internal _insurance;

    // ----------------------------------------------------------------------------------------------------- interest

    /// @dev The totals with interest up to now, not written yet.
    function _accrued(GuardWord guard) internal returns (Market memory m) {
        m.load(_market);
        if (m.accrue(guard)) emit Accrued(m.debtIndex);
    }

    /// @dev As `_accrued`, for views: no answer while the pool calls out.
    function _accruedView() internal view returns (Market memory m) {
        GuardWord guard = _requireUnlocked();
        m.load(_market);
        m.accrue(guard);
    }

    // ------------------------------------------------------------------------------------------------------- shares

    function _spendAllowance(address owner, address spender, uint256 shares) internal {
        uint256 allowed = _allowances[owner][spender];
        if (allowed == type(uint256).max) return;
        if (allowed < shares) revert IERC20Errors.ERC20InsufficientAllowance(spender, allowed, shares);
        unchecked {
            _allowances[owner][spender] = allowed - shares;
        }
    }

    /// @dev `word` without `shares`, or why not.
    function _minus(address owner, AccountWord word, uint256 shares) internal pure returns (AccountWord) {
        uint256 held = word.supplyShares();
        if (held < shares) revert IERC20Errors.ERC20InsufficientBalance(owner, held, shares);
        return word.minusSupply(shares);
    }

    /// @dev Neither nobody nor the pool: what it holds itself nobody could take out.
    function _requireReceiver(address to) internal view {
        if (to == address(0) || to == address(this)) revert IERC20Errors.ERC20InvalidReceiver(to);
    }

    /// @return collateral rounded down: against the account
    /// @return debt rounded up: likewise
    function _stateOf(AccountWord word, Market memory m) internal pure returns (uint256 collateral, uint256 debt) {
        if (word.isCollateral()) collateral = m.worthDown(word.supplyShares());
        debt = m.debtUp(word.debtShares());
    }

    // --------------------------------------------------------------------------------------------------- flash loan

    /// @dev Writes a flash loan with its fee to the books and sends it. Touches one word: interest is not accrued.
    /// @return fee rounded up
    /// @return cash that the pool must hold when the loan is back
    function _lend(
        GuardWord guard,
        address token,
        address receiver,
        uint256 amount
    ) internal returns (uint256 fee, uint256 cash) {
        if (amount == 0) revert ZeroAmount();
        _requireReceiver(receiver);
        uint256 a = _market.a;
        cash = MarketLib.cashOf(a);
        if (amount > cash) revert InsufficientCash(amount, cash);
        unchecked {
            // Cash has 96 bits, the fee 16, and a loan is at most the cash.
            fee = amount.rawMulDivUp(guard.fee(), LendMath.MILLION);
            cash += fee;
            uint256 toReserve = fee.rawMulDivDown(_RESERVE_OF_FLASH_FEE, LendMath.BPS);
            _market.storeCash(a, cash, MarketLib.reserveOf(a) + toReserve);
        }

        emit FlashLoan(receiver, amount, fee);

        _push(token, receiver, amount);
    }

    // -------------------------------------------------------------------------------------------------------- money

    /// @dev Takes exactly `amount` from `from`.
    function _pull(address token, address from, uint256 amount) internal {
        uint256 held = SafeTransferLib.balanceOf(token, address(this));
        if (!SafeTransferLib.trySafeTransferFrom(token, from, address(this), amount)) {
            revert PullFailed(token, from, amount);
        }
        unchecked {
            uint256 received = SafeTransferLib.balanceOf(token, address(this)) - held;
            if (received != amount) revert UnexpectedTransfer(token, amount, received);
        }
    }

    function _push(address token, address to, uint256 amount) internal {
        if (!TokenLib.tryTransfer(token, to, amount)) revert PushFailed(token, to, amount);
    }
}
