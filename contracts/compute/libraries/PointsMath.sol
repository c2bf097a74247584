// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Services} from "./Services.sol";

/// @notice What points and rewards are, to the last digit. No contract calls it: roots are computed by whoever wants to, with
/// the SDK's `rewards`, and both are held to the same vectors. Points are counted in millionths of a point, multipliers in
/// millionths (ppm). Every product is rounded down. The numbers are those of docs/compute.md, "Points and rewards".
library PointsMath {
    /// @notice A point, in its units.
    uint256 internal constant POINT = 1e6;
    /// @notice One, as a multiplier, and what leaves everything as it is.
    uint256 internal constant NEUTRAL = 1e6;

    uint256 internal constant LEAST_UPTIME = 800_000;
    uint256 internal constant MOST_UPTIME = 1_300_000;
    uint256 internal constant LEAST_LATENCY = 850_000;
    uint256 internal constant MOST_LATENCY = 1_150_000;
    uint256 internal constant LEAST_DEMAND = 500_000;
    uint256 internal constant MOST_DEMAND = 2_000_000;

    /// @dev From 99 % (0.9) to 99.95 % (1.3): 400,000 ppm in 9,500.
    uint256 private constant _FULL_UPTIME = 999_500;
    uint256 private constant _UPTIME_RUN = 9_500;
    uint256 private constant _UPTIME_RISE = 400_000;
    /// @dev From 300 ms (1.15) to 800 ms (0.85): 600 ppm a millisecond.
    uint256 private constant _FAST = 300;
    uint256 private constant _SLOW = 800;
    uint256 private constant _PER_MILLISECOND = 600;
    /// @dev 1.5 from nothing used to all.
    uint256 private constant _DEMAND_RISE = 1_500_000;
    /// @dev Points of an epoch are at most so many times those that reference requests of the same fee have.
    uint256 private constant _CAP_TIMES = 2;
    /// @dev Parts of 1e-12 USD in a unit of USDC.
    uint256 private constant _VALUE_PER_UNIT = 1e6;

    /// @notice Thrown when there is no such service or tier, as `Services` numbers them.
    error UnknownService(uint256 service, uint256 tier);

    /// @notice The points of what was served, before multipliers. Chat, vision and transcription count requests (1, 3, 7 or 15
    /// by tier), images too (5), embeddings input tokens (1 a thousand), the others the units that they put out: seconds of speech
    /// (2 a minute), pages (0.5), seconds of video (10).
    function basePoints(
        uint256 service,
        uint256 tier,
        uint256 requests,
        uint256 inputTokens,
        uint256 outputTokens
    ) internal pure returns (uint256) {
        if (service >= Services.COUNT || tier >= Services.TIERS) revert UnknownService(service, tier);
        if (service == Services.EMBEDDINGS) return (inputTokens * POINT) / 1_000;
        if (service == Services.SPEECH) return (outputTokens * 2 * POINT) / 60;
        if (service == Services.SCRAPING) return (outputTokens * POINT) / 2;
        if (service == Services.IMAGE) return requests * 5 * POINT;
        if (service == Services.VIDEO) return outputTokens * 10 * POINT;
        return requests * _tierPoints(tier);
    }

    /// @notice The points of a reference request: a thousand tokens in and out, a thousand tokens, a minute, a page, an image of
    /// a megapixel, a second of video.
    function referencePoints(uint256 service, uint256 tier) internal pure returns (uint256) {
        uint256 units = service == Services.SPEECH ? 60 : 1;
        return basePoints(service, tier, 1, 1_000, units);
    }

    /// @notice 0.9 at 99 %, 1.3 from 99.95 % on, linear between and below, at least 0.8.
    /// @param uptime of the hour, in ppm
    function uptimeMultiplier(uint256 uptime) internal pure returns (uint256) {
        if (uptime >= _FULL_UPTIME) return MOST_UPTIME;
        uint256 fall = (_FULL_UPTIME - uptime) * _UPTIME_RISE;
        uint256 most = MOST_UPTIME * _UPTIME_RUN;
        if (fall >= most - LEAST_UPTIME * _UPTIME_RUN) return LEAST_UPTIME;
        return (most - fall) / _UPTIME_RUN;
    }

    /// @notice 1.15 up to 300 ms, 0.85 from 800 ms on, linear between.
    /// @param p50 the median time to the first token, in milliseconds
    function latencyMultiplier(uint256 p50) internal pure returns (uint256) {
        if (p50 <= _FAST) return MOST_LATENCY;
        if (p50 >= _SLOW) return LEAST_LATENCY;
        return MOST_LATENCY - (p50 - _FAST) * _PER_MILLISECOND;
    }

    /// @notice 0.5 + 1.5 × utilisation, at most 2.
    /// @param utilisation of the service and tier in the hour, in ppm
    function demandMultiplier(uint256 utilisation) internal pure returns (uint256) {
        if (utilisation >= NEUTRAL) return MOST_DEMAND;
        return LEAST_DEMAND + (_DEMAND_RISE * utilisation) / NEUTRAL;
    }

    /// @notice How much of a service and tier was used in an hour, in ppm, at most all.
    /// @param used base points of all its provisions in that hour
    /// @param capacity base points that one provision can serve in an hour
    /// @param uptimes the sum of its provisions' uptimes in that hour, in ppm
    function utilisationOf(uint256 used, uint256 capacity, uint256 uptimes) internal pure returns (uint256) {
        uint256 offered = capacity * uptimes;
        uint256 scaled = used * NEUTRAL * NEUTRAL;
        return scaled >= offered * NEUTRAL ? NEUTRAL : scaled / offered;
    }

    /// @notice base × uptime × latency × demand, each product rounded down.
    function hourPoints(uint256 base, uint256 uptime, uint256 latency, uint256 demand) internal pure returns (uint256) {
        return (((((base * uptime) / NEUTRAL) * latency) / NEUTRAL) * demand) / NEUTRAL;
    }

    /// @notice The most points that a provision has in an epoch: twice those of reference requests that pay as much.
    /// @param fee that the provision's usage paid to the platform, in units of USDC
    /// @param refPoints points of the reference request
    /// @param refFee what the reference request pays to the platform, in 1e-12 USD, not zero
    function capOf(uint256 fee, uint256 refPoints, uint256 refFee) internal pure returns (uint256) {
        return (_CAP_TIMES * fee * _VALUE_PER_UNIT * refPoints) / refFee;
    }

    /// @notice The points of reference requests that pay as much: what counts while attesters are silent.
    function pointsOfFee(uint256 fee, uint256 refPoints, uint256 refFee) internal pure returns (uint256) {
        return (fee * _VALUE_PER_UNIT * refPoints) / refFee;
    }

    /// @notice A provision's part of an epoch's pool.
    /// @param all points of all provisions; nobody has a reward when there are none
    function rewardOf(uint256 points, uint256 all, uint256 pool) internal pure returns (uint256) {
        return all == 0 ? 0 : (points * pool) / all;
    }

    /// @notice How much of a provision's reward goes to its delegation pool, by tokens. The provider's cut is taken of it when it
    /// is claimed.
    /// @param own the provider's tokens, `delegated` those of the pool
    function poolPart(uint256 reward, uint256 own, uint256 delegated) internal pure returns (uint256) {
        return delegated == 0 ? 0 : (reward * delegated) / (own + delegated);
    }

    function _tierPoints(uint256 tier) private pure returns (uint256) {
        if (tier == 0) return POINT;
        if (tier == 1) return 3 * POINT;
        return tier == 2 ? 7 * POINT : 15 * POINT;
    }
}
