// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IPriceOracle} from "../oracle/interfaces/IPriceOracle.sol";
import {ControllerState} from "./ControllerState.sol";
import {IControllerAdmin} from "./interfaces/IControllerAdmin.sol";
import {IUToken} from "./interfaces/IUToken.sol";
import {AccountBits, AccountBitsLib} from "./libraries/AccountBits.sol";
import {AssetWord, AssetWordLib} from "./libraries/AssetWord.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {LiquidationMath} from "./libraries/LiquidationMath.sol";
import {ThroughCore} from "./ThroughCore.sol";

/// @title The controller's list of assets, and its views
/// @notice Runs by delegatecall from `LendController` through `LiquidationExtension`, over the controller's storage.
contract ControllerExtension is AccessManaged, ControllerState, ThroughCore, IControllerAdmin {
    using AccountBitsLib for uint256;
    using LendMath for uint256;

    uint256 public constant MAX_COLLATERAL_FACTOR_BPS = 9_000;
    uint256 public constant MAX_THRESHOLD_BPS = 9_500;
    /// @notice A close factor is at least this, or an account could not be brought back.
    uint256 public constant MIN_CLOSE_FACTOR_BPS = 1_000;
    /// @notice By how much a threshold may fall at once, and how long until it may again.
    uint256 public constant MAX_THRESHOLD_STEP_BPS = 500;
    uint256 public constant THRESHOLD_STEP_INTERVAL = 7 days;

    constructor(address authority_, IPriceOracle oracle_) AccessManaged(authority_) ControllerState(oracle_) {}

    // ---------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IControllerAdmin
    function list(address pool, AssetParameters calldata parameters) external restricted returns (uint256 id) {
        _requireUnlocked();
        id = _assetCount;
        _requireAtMost(id + 1, AccountBitsLib.MAX_ASSETS);
        IUToken token = IUToken(pool);
        if (token.controller() != address(this) || token.id() != id) revert InvalidPool(pool);
        address asset = token.asset();
        IPriceOracle.Quote memory quote = _ORACLE.tryPrice(asset);
        if (quote.quality != IPriceOracle.Quality.Fresh) revert PriceNotFresh(asset, quote.quality);

        _requireBounds(parameters);
        _assets[id] = _pack(pool, IERC20Metadata(asset).decimals(), 0, parameters);
        _assetCount = id + 1;

        emit AssetListed(id, asset, pool);
        emit AssetSet(id, parameters);
    }

    /// @inheritdoc IControllerAdmin
    function setAsset(uint256 id, AssetParameters calldata parameters) external restricted {
        _requireUnlocked();
        AssetWord word = _require(id);
        _requireBounds(parameters);
        uint256 loweredAt = word.loweredAt();
        uint256 threshold = word.threshold();
        if (parameters.threshold < threshold) {
            uint256 allowedAt = loweredAt + THRESHOLD_STEP_INTERVAL;
            if (block.timestamp < allowedAt) revert LoweredTooSoon(allowedAt);
            _requireAtMost(threshold - parameters.threshold, MAX_THRESHOLD_STEP_BPS);
            loweredAt = block.timestamp;
        }
        _assets[id] = _pack(word.pool(), word.decimals(), loweredAt, parameters);

        emit AssetSet(id, parameters);
    }

    /// @inheritdoc IControllerAdmin
    function setTreasury(address treasury_) external restricted {
        if (treasury_ == address(0)) revert InvalidAccount(treasury_);
        _treasury = treasury_;
        emit TreasurySet(treasury_);
    }

    function _pack(
        address pool,
        uint256 decimals,
        uint256 loweredAt,
        AssetParameters calldata p
    ) private pure returns (AssetWord) {
        uint256 flags = (p.isolated ? AssetWordLib.ISOLATED : 0) | (p.isolationDebt ? AssetWordLib.ISOLATION_DEBT : 0);
        return AssetWordLib.pack(pool, p.collateralFactor, p.threshold, p.closeFactor, decimals, flags, loweredAt);
    }

    function _requireBounds(AssetParameters calldata p) private pure {
        _requireAtMost(p.threshold, MAX_THRESHOLD_BPS);
        _requireAtMost(p.collateralFactor, p.threshold.min(MAX_COLLATERAL_FACTOR_BPS));
        _requireAtMost(p.closeFactor, LendMath.BPS);
        if (p.closeFactor < MIN_CLOSE_FACTOR_BPS) revert OutOfBounds(p.closeFactor, MIN_CLOSE_FACTOR_BPS);
    }

    function _requireAtMost(uint256 value, uint256 limit) private pure {
        if (value > limit) revert OutOfBounds(value, limit);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IControllerAdmin
    function healthOf(address account) external view returns (AccountHealth memory h) {
        uint256 left = _bits[account].either();
        h.quality = IPriceOracle.Quality.Fresh;
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            AssetWord word = _assets[id];
            (address asset, uint256 has, uint256 owes) = _stateAt(word, account);
            if (has | owes == 0) continue;
            (uint256 low, uint256 high, , IPriceOracle.Quality quality) = _quoteOf(asset);
            if (quality < h.quality) h.quality = quality;
            uint256 value = has.mulDivDown(low, word.unit());
            h.collateral += value;
            h.power += value.mulDivDown(word.collateralFactor(), LendMath.BPS);
            h.threshold += value.mulDivDown(word.threshold(), LendMath.BPS);
            h.debt += owes.mulDivUp(high, word.unit());
        }
        h.health = LiquidationMath.healthDown(h.threshold, h.debt);
    }

    /// @inheritdoc IControllerAdmin
    function withdrawable(uint256 id, address account) external view returns (uint256) {
        AssetWord here = _require(id);
        AccountBits bits = _bits[account];
        if (bits.debt() == 0 || bits.collateral() & (1 << id) == 0) return type(uint256).max;
        uint256 power;
        uint256 owed;
        uint256 price;
        uint256 left = bits.either();
        while (left != 0) {
            uint256 next;
            (next, left) = left.next();
            AssetWord word = _assets[next];
            (address asset, uint256 has, uint256 owes) = _stateAt(word, account);
            uint256 factor = word.collateralFactor();
            if (factor == 0) has = 0;
            if (has | owes == 0) continue;
            (uint256 low, uint256 high, , IPriceOracle.Quality quality) = _quoteOf(asset);
            if (quality != IPriceOracle.Quality.Fresh || low == 0) return 0;
            power += has.mulDivDown(low, word.unit()) * factor;
            owed += owes.mulDivUp(high, word.unit());
            if (next == id) price = low;
        }
        if (power < owed * LendMath.BPS) return 0;
        uint256 factorHere = here.collateralFactor();
        if (factorHere == 0) return type(uint256).max;
        if (price == 0) return 0;
        // A unit of value and two units of the asset less: what is left is rounded down again when it is valued.
        uint256 free = ((power - owed * LendMath.BPS) / factorHere).minusOrZero(1);
        return free.mulDivDown(here.unit(), price).minusOrZero(2);
    }

    /// @inheritdoc IControllerAdmin
    function assetCount() external view returns (uint256) {
        return _assetCount;
    }

    /// @inheritdoc IControllerAdmin
    function assetInfo(uint256 id) external view returns (AssetInfo memory) {
        AssetWord word = _require(id);
        return
            AssetInfo({
                pool: word.pool(),
                decimals: word.decimals(),
                bonus: LiquidationMath.bonusDown(word.threshold()),
                loweredAt: word.loweredAt(),
                parameters: AssetParameters({
                    collateralFactor: word.collateralFactor(),
                    threshold: word.threshold(),
                    closeFactor: word.closeFactor(),
                    isolated: word.flags() & AssetWordLib.ISOLATED != 0,
                    isolationDebt: word.flags() & AssetWordLib.ISOLATION_DEBT != 0
                })
            });
    }

    /// @inheritdoc IControllerAdmin
    function accountBits(address account) external view returns (uint256 collateral, uint256 debt) {
        AccountBits bits = _bits[account];
        return (bits.collateral(), bits.debt());
    }

    /// @inheritdoc IControllerAdmin
    function treasury() external view returns (address) {
        return _treasury;
    }

    /// @inheritdoc IControllerAdmin
    function oracle() external view returns (address) {
        return address(_ORACLE);
    }

    function _require(uint256 id) private view returns (AssetWord) {
        if (id >= _assetCount) revert UnknownId(id);
        return _assets[id];
    }
}
