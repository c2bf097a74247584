// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILayerZeroReceiver} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroReceiver.sol";
import {IOAppCore} from "@lz/oapp-evm/contracts/oapp/interfaces/IOAppCore.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IPriceFeedAdmin} from "./IPriceFeedAdmin.sol";
import {IPriceFeedReceiver} from "./IPriceFeedReceiver.sol";

/// @notice The whole receiver, as it answers at its one address.
interface IWholePriceFeedReceiver is
    IPriceFeedReceiver,
    IPriceFeedAdmin,
    IOAppCore,
    ILayerZeroReceiver,
    IAccessManaged
{
    /// @notice As OpenZeppelin's `Ownable`.
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /// @notice As OpenZeppelin's `Ownable`: thrown when who does not own the path would change it.
    error OwnableUnauthorizedAccount(address account);
    /// @notice As OpenZeppelin's `Ownable`.
    error OwnableInvalidOwner(address owner);
    /// @notice As LayerZero's `OAppReceiver`: thrown when a message does not come from the endpoint.
    error OnlyEndpoint(address addr);

    /// @return Who names the sender and configures the path at LayerZero's endpoint.
    function owner() external view returns (address);

    /// @notice Gives the path to another owner. The owner only.
    function transferOwnership(address newOwner) external;

    /// @notice Leaves the path without an owner. The owner only.
    function renounceOwnership() external;

    /// @return LayerZero's id of the sender's chain.
    // solhint-disable-next-line func-name-mixedcase
    function SOURCE_EID() external view returns (uint32);
}
