// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {IUTokenCore} from "./interfaces/IUTokenCore.sol";
import {IUTokenExtension} from "./interfaces/IUTokenExtension.sol";
import {AccountWord, PoolAccount} from "./libraries/Account.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {InterestRateModel} from "./libraries/InterestRateModel.sol";
import {Market} from "./libraries/Market.sol";
import {PoolConfig} from "./libraries/PoolConfig.sol";
import {ThroughCore} from "./ThroughCore.sol";
import {UTokenSignatures} from "./UTokenSignatures.sol";
import {UTokenState} from "./UTokenState.sol";
import {UTokenViews} from "./UTokenViews.sol";

/// @title A pool's rarer entry points for accounts
/// @notice Runs by delegatecall from `UToken`, over its storage and at its address; passes on to `UTokenAdminExtension`
/// what it does not know. Its constructor takes the pool's own setup, so that both know the same asset.
contract UTokenExtension is AuthoritySlot, UTokenState, UTokenViews, UTokenSignatures, ThroughCore, PassTo {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    address private immutable _NEXT;

    constructor(
        PoolSetup memory setup,
        address next_,
        string memory name_,
        string memory symbol_
    ) AuthoritySlot(address(0)) UTokenState(setup) UTokenViews(name_, symbol_) UTokenSignatures(name_) {
        _NEXT = next_;
    }

    // --------------------------------------------------------------------------------------------------- collateral

    /// @inheritdoc IUTokenExtension
    function setCollateral(bool on) external onlyThroughCore {
        _setCollateral(msg.sender, on);
    }

    /// @inheritdoc IUTokenExtension
    function setCollateralWithSignature(
        address owner,
        bool on,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughCore {
        bytes32 structHash = keccak256(abi.encode(_COLLATERAL_TYPEHASH, owner, on, _useNonce(owner), deadline));
        _requireSignature(owner, structHash, deadline, signature);
        _setCollateral(owner, on);
    }

    function _setCollateral(address owner, bool on) private {
        GuardWord guard = _lock();
        PoolAccount storage account = _accounts[owner];
        AccountWord word = account.word;
        if (word.isCollateral() != on) {
            Market memory m;
            m.load(_market);
            m.accrue(guard);
            word = word.withCollateral(on);
            account.word = word;

            emit CollateralSwitched(owner, on);

            (uint256 collateral, uint256 debt) = _stateOf(word, m);
            _CONTROLLER.onCollateral(_ID, _ASSET, owner, on, collateral, debt);
        }
        _unlock(guard);
    }

    // --------------------------------------------------------------------------------------------------- delegation

    /// @notice ERC-20.
    function approve(address spender, uint256 shares) external onlyThroughCore returns (bool) {
        _approve(msg.sender, spender, shares);
        return true;
    }

    /// @notice ERC-2612. Takes the signature of a contract (ERC-1271) too.
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external onlyThroughCore {
        bytes32 structHash = keccak256(abi.encode(_PERMIT_TYPEHASH, owner, spender, value, _useNonce(owner), deadline));
        _requireSignature(owner, structHash, deadline, abi.encodePacked(r, s, v));
        _approve(owner, spender, value);
    }

    /// @inheritdoc IUTokenExtension
    function approveBorrow(address delegate, uint256 amount) external onlyThroughCore {
        _approveBorrow(msg.sender, delegate, amount);
    }

    /// @inheritdoc IUTokenExtension
    function approveBorrowWithSignature(
        address owner,
        address delegate,
        uint256 amount,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughCore {
        bytes32 structHash = keccak256(
            abi.encode(_BORROW_TYPEHASH, owner, delegate, amount, _useNonce(owner), deadline)
        );
        _requireSignature(owner, structHash, deadline, signature);
        _approveBorrow(owner, delegate, amount);
    }

    function _approve(address owner, address spender, uint256 shares) private {
        _allowances[owner][spender] = shares;
        emit IERC20.Approval(owner, spender, shares);
    }

    function _approveBorrow(address owner, address delegate, uint256 amount) private {
        _borrowAllowances[owner][delegate] = amount;
        emit BorrowApproval(owner, delegate, amount);
    }

    // -------------------------------------------------------------------------------------------- permits and batches

    /// @inheritdoc IUTokenExtension
    function depositWithPermit(
        uint256 assets,
        address receiver,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external onlyThroughCore returns (uint256 shares) {
        _permitAsset(assets, deadline, v, r, s);
        return abi.decode(_self(abi.encodeWithSignature("deposit(uint256,address)", assets, receiver)), (uint256));
    }

    /// @inheritdoc IUTokenExtension
    function repayWithPermit(
        uint256 assets,
        address onBehalf,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external onlyThroughCore returns (uint256 repaid) {
        _permitAsset(assets, deadline, v, r, s);
        return abi.decode(_self(abi.encodeCall(IUTokenCore.repay, (assets, onBehalf))), (uint256));
    }

    /// @inheritdoc IUTokenExtension
    function multicall(bytes[] calldata data) external onlyThroughCore returns (bytes[] memory results) {
        results = new bytes[](data.length);
        for (uint256 i; i < data.length; ++i) results[i] = _self(data[i]);
    }

    function _permitAsset(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) private {
        _requireUnlocked();
        // Anybody may have sent the permit before; what counts is the allowance that it leaves.
        try IERC20Permit(_ASSET).permit(msg.sender, address(this), value, deadline, v, r, s) {} catch {
            if (IERC20(_ASSET).allowance(msg.sender, address(this)) < value) revert InvalidSignature(msg.sender);
        }
    }

    /// @dev A call of the pool to its own code keeps the caller.
    function _self(bytes memory data) private returns (bytes memory) {
        return Address.functionDelegateCall(address(this), data);
    }

    // -------------------------------------------------------------------------------------------------------- rates

    /// @inheritdoc IUTokenExtension
    function borrowRate() external view returns (uint256) {
        return _borrowRate(_accruedView());
    }

    /// @inheritdoc IUTokenExtension
    function supplyRate() external view returns (uint256) {
        Market memory m = _accruedView();
        uint256 total = m.totalAssets();
        if (total == 0) return 0;
        uint256 ofInterest = _borrowRate(m).mulDivDown(LendMath.BPS - _guard.reserveFactorBps(), LendMath.BPS);
        return ofInterest.mulDivDown(m.debtDown(), total);
    }

    function _borrowRate(Market memory m) private view returns (uint256) {
        return InterestRateModel.ratePerYear(_guard, InterestRateModel.utilisationUp(m.cash, m.debtDown()));
    }

    /// @dev What remains is the other extension's.
    fallback() external onlyThroughCore {
        _passTo(_NEXT);
    }
}
