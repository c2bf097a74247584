// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../dex/interfaces/IOrderTypes.sol";

/// @notice Settles two orders against each other when their prices cross; what is left over is the caller's.
/// @dev Two legs of one `fillOrders`: what both orders sell arrives before either is paid, so no capital is needed.
/// The order book's fee on each leg comes out of the surplus first.
interface IOrderMatcher {
    /// @notice What a match comes to.
    /// @param takeA units that order A sells; likewise `takeB`
    /// @param surplusA units of A's sold token that are left after B was paid; likewise `surplusB`
    struct Match {
        uint256 takeA;
        uint256 takeB;
        uint256 surplusA;
        uint256 surplusB;
    }

    /// @notice Two orders were matched and the surplus went to `recipient`.
    event OrdersMatched(
        uint256 indexed idA,
        uint256 indexed idB,
        address indexed recipient,
        uint256 surplusA,
        uint256 surplusB
    );

    /// @notice Thrown when the orders' pairs are not each other's mirror.
    error NotMirrored(uint256 idA, uint256 idB);
    /// @notice Thrown when one of the orders cannot be filled.
    error NotMatchable(uint256 id, IOrderTypes.FillStatus status);
    /// @notice Thrown when the prices do not cross, or cross by less than the fees.
    error SurplusTooSmall(uint256 idA, uint256 idB);
    /// @notice Thrown when the surplus would go to this contract or to the order book, which would keep it.
    error InvalidRecipient(address recipient);
    /// @notice Thrown when a token left this contract with less than it held before.
    error TokenMisbehaved(address token);
    /// @notice Thrown when the surplus is below what the caller asked for.
    error SurplusBelowMinimum(uint256 surplusA, uint256 surplusB);

    /// @notice Matches as much as both orders allow.
    /// @param idA an order that sells X for Y
    /// @param idB an order that sells Y for X
    /// @param recipient who receives the surplus in both tokens; zero for the caller
    /// @param minSurplusA least surplus in X
    /// @param minSurplusB least surplus in Y
    function matchOrders(
        uint256 idA,
        uint256 idB,
        address recipient,
        uint256 minSurplusA,
        uint256 minSurplusB
    ) external returns (Match memory result);

    /// @notice What `matchOrders` would do now; zeroes when it would revert.
    function previewMatch(uint256 idA, uint256 idB) external view returns (Match memory result);
}
