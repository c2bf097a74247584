// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A pause that ends by itself and stops new risk only.
/// Withdrawals, repayments, claims and fills of what already stands are never behind it.
interface IGuardianPausable {
    /// @notice New risk is refused until `until` (seconds).
    event Paused(address indexed by, uint256 until);

    /// @notice The pause ended early.
    event Unpaused(address indexed by);

    /// @notice The protocol takes no new risk, ever again.
    event Retired(address indexed by);

    /// @notice Thrown when a call would re-enter the protocol.
    error Reentrancy();

    /// @notice Thrown when new risk is refused until `until` (seconds; 2^40 - 1 when the protocol is retired).
    error ProtocolPaused(uint256 until);

    /// @notice Thrown when a pause of `duration` seconds is asked for and at most `limit` is allowed.
    error PauseTooLong(uint256 duration, uint256 limit);

    /// @notice Thrown when the guardian may pause again only from `allowedAt` (seconds) on.
    error PauseTooSoon(uint256 allowedAt);

    /// @notice Thrown when there is no pause to end, or the protocol is retired.
    error NotPaused();

    /// @notice Refuses new risk for `duration` seconds, at most 7 days, at least 72 hours after the last pause ended.
    /// @dev Guardian.
    function pause(uint256 duration) external;

    /// @notice Ends a pause early. The 72 hours to the next one count from now.
    /// @dev Guardian.
    function unpause() external;

    /// @notice Refuses new risk for ever, so that everybody can leave for a successor.
    /// @dev Governance, through its timelock. Cannot be undone.
    function retire() external;

    /// @return The first second at which new risk is accepted; not later than now when the protocol is not paused.
    function pausedUntil() external view returns (uint256);

    /// @return The first second at which a new pause may begin.
    function pauseAllowedAt() external view returns (uint256);
}
