// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A pool's bookkeeping written another way than the pool's: every debt is kept in 1e27 with the exponential as a
/// power of a per-second factor, shares are worth fractions of 1e36, nothing is packed and nothing is shared with the
/// contracts. What it says is compared within the bounds that docs/lend.md gives.
contract InterestModel {
    uint256 private constant RAY = 1e27;

    struct Curve {
        uint256 base;
        uint256 slope1;
        uint256 slope2;
        uint256 kink;
        uint256 reserveFactor;
    }

    Curve public curve;
    uint256 public cash;
    /// @dev Units times 1e27.
    uint256 public debt;
    /// @dev Units times 1e27.
    uint256 public reserve;
    uint256 public shares;
    uint256 public time;
    mapping(address account => uint256) public sharesOf;
    /// @dev What an account owed, 1e27, when the growth was `growthAt`.
    mapping(address account => uint256) private _principal;
    mapping(address account => uint256) private _growthAt;
    uint256 private _growth = RAY;

    constructor(Curve memory curve_, uint256 now_) {
        (curve, time) = (curve_, now_);
    }

    function advance(uint256 to) public {
        uint256 elapsed = to - time;
        time = to;
        if (elapsed == 0 || debt == 0) return;
        uint256 factor = power(RAY + ratePerSecond(), elapsed);
        uint256 interest = ((debt / 1e9) * ((factor - RAY) / 1e9)) / 1e9;
        debt += interest;
        reserve += (interest * curve.reserveFactor) / 10_000;
        _growth = ((_growth / 1e9) * (factor / 1e9)) / 1e9;
    }

    function supply(address who, uint256 assets) external {
        uint256 minted = sharesFor(assets);
        cash += assets;
        shares += minted;
        sharesOf[who] += minted;
    }

    function withdraw(address who, uint256 assets) external {
        uint256 burned = sharesFor(assets);
        cash -= assets;
        if (burned > sharesOf[who]) burned = sharesOf[who];
        shares -= burned;
        sharesOf[who] -= burned;
    }

    function borrow(address who, uint256 assets) external {
        settle(who);
        cash -= assets;
        debt += assets * RAY;
        _principal[who] += assets * RAY;
    }

    function repay(address who, uint256 assets) external {
        settle(who);
        cash += assets;
        uint256 paid = assets * RAY;
        if (paid > _principal[who]) paid = _principal[who];
        _principal[who] -= paid;
        debt = debt > paid ? debt - paid : 0;
    }

    /// @return Units, rounded down.
    function debtOf(address who) external view returns (uint256) {
        return owedRay(who) / RAY;
    }

    /// @return Units, rounded down.
    function worthOf(address who) external view returns (uint256) {
        return shares == 0 ? 0 : (sharesOf[who] * (totalRay() / 1e9)) / shares / 1e18;
    }

    function total() external view returns (uint256) {
        return totalRay() / RAY;
    }

    function ratePerSecond() public view returns (uint256) {
        uint256 all = cash * RAY + debt;
        uint256 utilisation = debt == 0 ? 0 : (debt * 1e9) / (all / 1e18);
        uint256 kink = curve.kink * 1e23;
        uint256 year = curve.base * 1e23;
        if (utilisation < kink) year += (((curve.slope1 * 1e23) / 1e9) * (utilisation / 1e9)) / (kink / 1e18);
        else {
            year += curve.slope1 * 1e23;
            year += (((curve.slope2 * 1e23) / 1e9) * ((utilisation - kink) / 1e9)) / ((RAY - kink) / 1e18);
        }
        return year / 365 days;
    }

    function power(uint256 x, uint256 n) public pure returns (uint256 result) {
        result = RAY;
        while (n != 0) {
            if (n % 2 == 1) result = (result * x) / RAY;
            x = (x * x) / RAY;
            n /= 2;
        }
    }

    function sharesFor(uint256 assets) public view returns (uint256) {
        return shares == 0 ? assets * 1e6 : (assets * shares * 1e9) / (totalRay() / 1e18);
    }

    function totalRay() private view returns (uint256) {
        return cash * RAY + debt - reserve;
    }

    function owedRay(address who) private view returns (uint256) {
        if (_principal[who] == 0) return 0;
        return ((_principal[who] / 1e9) * (_growth / 1e9)) / (_growthAt[who] / 1e18);
    }

    function settle(address who) private {
        _principal[who] = owedRay(who);
        _growthAt[who] = _growth;
    }
}
