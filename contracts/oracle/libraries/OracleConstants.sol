// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the oracle's contracts agree on. Seconds.
library OracleConstants {
    /// @dev A price stays fresh so long after its observation on Ethereum.
    uint256 internal constant MAX_OBSERVATION_AGE = 30 minutes;
    /// @dev How far a message's clock may be ahead of this chain's.
    uint256 internal constant MAX_SKEW = 60 seconds;
    /// @dev Liquidations wait so long after a stale feed or a stall.
    uint256 internal constant GRACE = 15 minutes;
    uint256 internal constant MIN_HEARTBEAT = 1 minutes;
    uint256 internal constant MAX_HEARTBEAT = 2 days;
    /// @dev `high` of a quote that knows nothing.
    uint256 internal constant NO_PRICE = type(uint128).max;
    uint256 internal constant NEVER = type(uint256).max;

    /// @return Seconds that an update stays valid: the heartbeat and a tenth, rounded down.
    function maxAge(uint256 heartbeat) internal pure returns (uint256) {
        return (heartbeat * 11) / 10;
    }
}
