// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeedReceiver} from "./IPriceFeedReceiver.sol";

/// @notice The receiver's feeds: their configuration, and what is known of them beside their price.
interface IPriceFeedAdmin {
    /// @notice Adds a feed, for good. Governance, through its timelock.
    /// @param heartbeat seconds; Chainlink's own for the feed
    function addFeed(uint256 feedId, uint256 decimals, uint256 heartbeat) external;

    /// @notice Changes a feed's heartbeat and starts its grace. Governance, through its timelock.
    function setHeartbeat(uint256 feedId, uint256 heartbeat) external;

    /// @notice Follows a change of the network's block time, and beats. Governance, through its timelock.
    function setBlockTime(uint256 milliseconds) external;

    /// @return The accepted answer, fresh or not.
    function accepted(uint256 feedId) external view returns (IPriceFeedReceiver.Answer memory);

    /// @return answer the one that awaits its confirmation; all zero when there is none
    /// @return observedFrom the first second of observation that can confirm it
    /// @return deliveredFrom the first second of this chain at which it can be confirmed
    function pending(
        uint256 feedId
    ) external view returns (IPriceFeedReceiver.Answer memory answer, uint256 observedFrom, uint256 deliveredFrom);

    /// @return decimals of the feed's answers
    /// @return maxAge seconds that an update of Chainlink's stays valid: the heartbeat and a tenth
    function feedConfig(uint256 feedId) external view returns (uint256 decimals, uint256 maxAge);

    /// @return beatAt when the chain's heartbeat was last written, seconds
    /// @return beatBlock in which block
    /// @return blockTime expected, milliseconds
    function beat() external view returns (uint256 beatAt, uint256 beatBlock, uint256 blockTime);
}
