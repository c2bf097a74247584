// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {IUTokenCore} from "./interfaces/IUTokenCore.sol";
import {AccountWord, PoolAccount} from "./libraries/Account.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {Market, MarketLib} from "./libraries/Market.sol";
import {PoolConfig} from "./libraries/PoolConfig.sol";
import {UTokenState} from "./UTokenState.sol";

/// @title The pool of one asset and its receipt: a transferable ERC-4626 vault that lends what it holds
/// @notice Shares grow in worth by interest. Switched on as collateral, they stand behind the account's debts in all pools
/// of the controller.
///
/// Share price: falls only with a `BadDebt` event; a token sent to the pool moves nothing.
/// Rounding: every division goes against who calls.
/// Liveness: withdrawing without debt and repaying depend on no price, no pause and nobody; only on cash.
/// Tokens: what takes a fee, lies or answers wrongly is refused at each payment; rebasing ones must not be listed.
/// Reentrancy: one lock over all entry points; while it is held no price and no account of this pool is told, so neither
/// the controller nor another pool can act on them.
/// Upgrade: none. What this contract does not know it passes on to `UTokenExtension`, or to `UTokenHooks` when the
/// controller calls; both are fixed at deployment.
/// Known limits: docs/lend.md.
contract UToken is AuthoritySlot, UTokenState, PassTo, IUTokenCore {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    bytes32 private constant _FLASH_ANSWER = keccak256("ERC3156FlashBorrower.onFlashLoan");

    address private immutable _EXTENSION;
    address private immutable _HOOKS;

    constructor(
        PoolSetup memory setup,
        address extension_,
        address hooks_
    ) AuthoritySlot(setup.authority) UTokenState(setup) {
        (_EXTENSION, _HOOKS) = (extension_, hooks_);
        _market.store(Market(0, 0, 0, MarketLib.INDEX_ONE, 0, block.timestamp));
    }

    // ---------------------------------------------------------------------------------------------------- supplying

    /// @notice ERC-4626.
    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        shares = m.toSharesDown(assets);
        _supply(guard, m, assets, shares, receiver);
        _unlock(guard);
    }

    /// @notice ERC-4626.
    function mint(uint256 shares, address receiver) external returns (uint256 assets) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        assets = m.toAssetsUp(shares);
        _supply(guard, m, assets, shares, receiver);
        _unlock(guard);
    }

    function _supply(GuardWord guard, Market memory m, uint256 assets, uint256 shares, address receiver) private {
        if (shares == 0) revert ZeroAmount();
        _requireReceiver(receiver);
        // What secures a debt is welcome at any time.
        if (block.timestamp < guard.pausedUntil()) _CONTROLLER.requireTopUp(_ID, receiver);

        m.cash += assets;
        m.supplyShares += shares;
        uint256 total = m.totalAssets();
        uint256 cap = guard.supplyCap() * _UNIT;
        if (total > cap) revert SupplyCapExceeded(total, cap);
        _market.store(m);
        PoolAccount storage account = _accounts[receiver];
        account.word = account.word.plusSupply(shares);

        emit IERC20.Transfer(address(0), receiver, shares);
        emit IERC4626.Deposit(msg.sender, receiver, assets, shares);

        _pull(_ASSET, msg.sender, assets);
    }

    // -------------------------------------------------------------------------------------------------- withdrawing

    /// @notice ERC-4626.
    function withdraw(uint256 assets, address receiver, address owner) external returns (uint256 shares) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        shares = m.toSharesUp(assets);
        _withdraw(m, assets, shares, receiver, owner);
        _unlock(guard);
    }

    /// @notice ERC-4626.
    function redeem(uint256 shares, address receiver, address owner) external returns (uint256 assets) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        assets = m.toAssetsDown(shares);
        _withdraw(m, assets, shares, receiver, owner);
        _unlock(guard);
    }

    function _withdraw(Market memory m, uint256 assets, uint256 shares, address receiver, address owner) private {
        if (assets == 0) revert ZeroAmount();
        _requireReceiver(receiver);
        if (owner != msg.sender) _spendAllowance(owner, msg.sender, shares);
        PoolAccount storage account = _accounts[owner];
        AccountWord word = _minus(owner, account.word, shares);
        if (assets > m.cash) revert InsufficientCash(assets, m.cash);

        unchecked {
            m.cash -= assets;
            m.supplyShares -= shares;
        }
        _market.store(m);
        account.word = word;

        emit IERC20.Transfer(owner, address(0), shares);
        emit IERC4626.Withdraw(msg.sender, receiver, owner, assets, shares);

        if (word.isCollateral()) _askController(owner, word, m);
        _push(_ASSET, receiver, assets);
    }

    // ---------------------------------------------------------------------------------------------------- borrowing

    /// @inheritdoc IUTokenCore
    function borrow(uint256 assets, address onBehalf, address receiver) external returns (uint256 debtShares) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        debtShares = m.toDebtSharesUp(assets);
        _borrow(guard, m, assets, debtShares, onBehalf, receiver);
        _unlock(guard);
    }

    /// @inheritdoc IUTokenCore
    function borrowShares(uint256 debtShares, address onBehalf, address receiver) external returns (uint256 assets) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        assets = debtShares.mulDivDown(m.debtIndex, MarketLib.INDEX_ONE);
        _borrow(guard, m, assets, debtShares, onBehalf, receiver);
        _unlock(guard);
    }

    function _borrow(
        GuardWord guard,
        Market memory m,
        uint256 assets,
        uint256 debtShares,
        address onBehalf,
        address receiver
    ) private {
        if (assets == 0) revert ZeroAmount();
        _requireReceiver(receiver);
        _requireNotPaused(guard);
        if (onBehalf != msg.sender) _spendBorrowAllowance(onBehalf, assets);
        if (assets > m.cash) revert InsufficientCash(assets, m.cash);

        PoolAccount storage account = _accounts[onBehalf];
        AccountWord word = account.word;
        unchecked {
            // Shares of what there was cash for have 97 bits at most; a cap has 39, a unit 60.
            m.cash -= assets;
            m.debtShares += debtShares;
            uint256 total = m.debtDown();
            uint256 cap = guard.borrowCap() * _UNIT;
            if (total > cap) revert BorrowCapExceeded(total, cap);
            word = word.withDebt(word.debtShares() + debtShares);
        }
        _market.store(m);
        account.word = word;

        emit Borrow(onBehalf, receiver, assets, debtShares);

        (uint256 collateral, uint256 debt) = _stateOf(word, m);
        _CONTROLLER.onBorrow(_ID, _ASSET, onBehalf, collateral, debt);
        _push(_ASSET, receiver, assets);
    }

    function _spendBorrowAllowance(address owner, uint256 assets) private {
        uint256 allowed = _borrowAllowances[owner][msg.sender];
        if (allowed == type(uint256).max) return;
        if (allowed < assets) revert InsufficientBorrowAllowance(owner, msg.sender, allowed, assets);
        unchecked {
            _borrowAllowances[owner][msg.sender] = allowed - assets;
        }
    }

    // ----------------------------------------------------------------------------------------------------- repaying

    /// @inheritdoc IUTokenCore
    function repay(uint256 assets, address onBehalf) external returns (uint256 repaid) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        uint256 owed = _accounts[onBehalf].word.debtShares();
        repaid = m.debtUp(owed);
        uint256 debtShares = owed;
        if (assets < repaid) (repaid, debtShares) = (assets, m.toDebtSharesDown(assets));
        _repay(m, repaid, owed, debtShares, onBehalf);
        _unlock(guard);
    }

    /// @inheritdoc IUTokenCore
    function repayShares(uint256 debtShares, address onBehalf) external returns (uint256 repaid) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        uint256 owed = _accounts[onBehalf].word.debtShares();
        debtShares = debtShares.min(owed);
        repaid = m.debtUp(debtShares);
        _repay(m, repaid, owed, debtShares, onBehalf);
        _unlock(guard);
    }

    function _repay(Market memory m, uint256 assets, uint256 owed, uint256 debtShares, address onBehalf) private {
        if (owed == 0) revert NothingOwed(onBehalf);
        if (debtShares == 0) revert ZeroAmount();

        m.cash += assets;
        unchecked {
            // At most what the account owes, and that is part of the total.
            m.debtShares -= debtShares;
            owed -= debtShares;
        }
        _market.store(m);
        PoolAccount storage account = _accounts[onBehalf];
        account.word = account.word.withDebt(owed);

        emit Repay(msg.sender, onBehalf, assets, debtShares);

        if (owed == 0) _CONTROLLER.onRepaid(_ID, onBehalf);
        _pull(_ASSET, msg.sender, assets);
    }

    // --------------------------------------------------------------------------------------------------- flash loan

    /// @notice ERC-3156. Every total is written before the asset leaves, and the pool is locked until it is back.
    function flashLoan(
        IERC3156FlashBorrower receiver,
        address token,
        uint256 amount,
        bytes calldata data
    ) external returns (bool) {
        GuardWord guard = _lock();
        if (token != _ASSET) revert UnsupportedToken(token);
        (uint256 fee, uint256 cash) = _lend(guard, token, address(receiver), amount);

        if (receiver.onFlashLoan(msg.sender, token, amount, fee, data) != _FLASH_ANSWER) {
            revert CallbackRefused(address(receiver));
        }
        if (!SafeTransferLib.trySafeTransferFrom(token, address(receiver), address(this), amount + fee)) {
            revert PullFailed(token, address(receiver), amount + fee);
        }
        // The pool must hold what it counts: one question to the token, where `_pull` asks two.
        uint256 held = SafeTransferLib.balanceOf(token, address(this));
        if (held < cash) revert UnexpectedTransfer(token, cash, held);

        _unlock(guard);
        return true;
    }

    // ----------------------------------------------------------------------------------------------------- transfer

    /// @notice ERC-20.
    function transfer(address to, uint256 shares) external returns (bool) {
        _move(msg.sender, to, shares);
        return true;
    }

    /// @notice ERC-20.
    function transferFrom(address from, address to, uint256 shares) external returns (bool) {
        _spendAllowance(from, msg.sender, shares);
        _move(from, to, shares);
        return true;
    }

    function _move(address from, address to, uint256 shares) private {
        GuardWord guard = _requireUnlocked();
        _requireReceiver(to);
        PoolAccount storage account = _accounts[from];
        AccountWord word = _minus(from, account.word, shares);
        account.word = word;
        PoolAccount storage other = _accounts[to];
        other.word = other.word.plusSupply(shares);

        emit IERC20.Transfer(from, to, shares);

        // Nothing is called but the controller, and nothing is written after it.
        if (word.isCollateral() && from != to) {
            Market memory m;
            m.load(_market);
            m.accrue(guard);
            _askController(from, word, m);
        }
    }

    // -------------------------------------------------------------------------------------------------------- other

    /// @inheritdoc IUTokenCore
    function accrue() external {
        _market.store(_accrued(_requireUnlocked()));
    }

    /// @inheritdoc IUTokenCore
    function accountState(address account) external view returns (address, uint256 collateral, uint256 debt) {
        (collateral, debt) = _stateOf(_accounts[account].word, _accruedView());
        return (_ASSET, collateral, debt);
    }

    /// @notice ERC-20.
    function balanceOf(address account) external view returns (uint256) {
        return _accounts[account].word.supplyShares();
    }

    /// @notice ERC-4626.
    function asset() external view returns (address) {
        return _ASSET;
    }

    /// @notice The pool's number at the controller.
    function id() external view returns (uint256) {
        return _ID;
    }

    /// @notice The controller that the pool asks.
    function controller() external view returns (address) {
        return address(_CONTROLLER);
    }

    /// @dev Everything else is the others', over this contract's storage.
    fallback() external {
        if (msg.sender == address(_CONTROLLER)) _passWith(_HOOKS, _ASSET);
        _passTo(_EXTENSION);
    }
}
