// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IProvisionRegistryCore} from "./IProvisionRegistryCore.sol";

/// @notice Providers' machines. Amounts are in units of UNXV, times in seconds.
interface IProvisionRegistry is IProvisionRegistryCore {
    /// @notice None → Draft → Started → Running → Draining → Off → Started; a provision that never ran goes from Started to Off
    /// at once, one at fault from any of the three before Off.
    enum State {
        None,
        Draft,
        Started,
        Running,
        Draining,
        Off
    }

    /// @notice A machine key's word that it ran at `timestamp`.
    struct Heartbeat {
        uint256 provisionId;
        uint64 timestamp;
        bytes signature;
    }

    /// @param machineKey signs receipts and heartbeats
    /// @param service as `Services` numbers them
    /// @param tier of the machine, 0 to 3
    /// @param lastHeartbeat zero before the first
    /// @param accusedAt when somebody said that heartbeats are missing; zero when nobody did since the last one
    /// @param offAt when its drain ends or ended; zero when it does not drain
    /// @param minimum stake it must keep while it is Started, Running or Draining
    /// @param endpointHash keccak256 of its endpoint
    struct ProvisionView {
        address machineKey;
        State state;
        uint8 service;
        uint8 tier;
        uint256 lastHeartbeat;
        uint256 accusedAt;
        uint256 offAt;
        uint256 minimum;
        bytes32 endpointHash;
    }

    /// @notice A provision is there.
    event Registered(uint256 indexed provisionId, address indexed machineKey, uint8 service, uint8 tier);
    /// @notice The provision signs with another key from now on.
    event MachineKeySet(uint256 indexed provisionId, address indexed machineKey);
    /// @notice Where the provision serves; empty when that is not public.
    event EndpointSet(uint256 indexed provisionId, string endpoint);
    /// @notice The provision may run, and keeps `minimum` of its stake.
    event Started(uint256 indexed provisionId, uint256 minimum);
    /// @notice The provision ran at `timestamp`.
    event HeartbeatSeen(uint256 indexed provisionId, uint256 timestamp);
    /// @notice Heartbeats of the provision are missing, says `by`.
    event Accused(uint256 indexed provisionId, address indexed by);
    /// @notice The provision takes no new requests, and is off at `offAt`.
    event Draining(uint256 indexed provisionId, uint256 offAt);
    /// @notice The provision is off: it never ran, or was at fault, or its stake is too small.
    event TurnedOff(uint256 indexed provisionId);
    /// @notice What provisions of `tier` that start from now on must keep.
    event MinimumSet(uint8 indexed tier, uint256 minimum);
    /// @notice Who may turn provisions off for a fault, for good.
    event DisputesSet(address disputes);

    /// @notice Thrown when an id names no provision of the caller.
    error NotYourProvision(uint256 provisionId, address caller);
    /// @notice Thrown when a provision's state does not allow it.
    error WrongState(uint256 provisionId, State state);
    /// @notice Thrown when there is no such service.
    error InvalidService(uint8 service);
    /// @notice Thrown when there is no such tier.
    error InvalidTier(uint8 tier);
    /// @notice Thrown when an endpoint is longer than `MAX_ENDPOINT`.
    error EndpointTooLong(uint256 length, uint256 most);
    /// @notice Thrown when a key was, or is, a provision's.
    error MachineKeyTaken(address machineKey, uint256 provisionId);
    /// @notice Thrown when a signature's time is over.
    error SignatureExpired(uint256 deadline);
    /// @notice Thrown when a signature is not by `signer`, which must be an account.
    error InvalidSignature(address signer);
    /// @notice Thrown when a provision's stake, what thaws left out, is below its tier's minimum.
    error StakeBelowMinimum(uint256 stake, uint256 minimum);
    /// @notice Thrown when a heartbeat came too recently to accuse.
    error TooEarly(uint256 from);
    /// @notice Thrown when nothing is to be done.
    error NothingToDo();
    /// @notice Thrown when a drain is not between `least` and `most`, or a minimum.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);
    /// @notice Thrown when the caller is not the contract that may call.
    error NotAllowed(address caller);
    /// @notice Thrown when an address must not be zero.
    error InvalidAddress(address account);
    /// @notice Thrown when what can be set once was set.
    error AlreadySet();

    /// @notice Makes the caller's next provision. Stopped by a pause.
    /// @param endpoint where it serves, for everybody to see; may be empty
    /// @param proof by `machineKey`, an account that belongs to one provision once and for ever, over `MachineKey(provider,
    /// index, machineKey, deadline)` with the next index
    /// @return provisionId provider 160 | index 32 | 0 64
    function register(
        uint8 service,
        uint8 tier,
        string calldata endpoint,
        address machineKey,
        uint64 deadline,
        bytes calldata proof
    ) external returns (uint256 provisionId);

    /// @notice Has the provision sign with another key, which proves itself as in `register`. What the old one signed until now
    /// stays its word.
    function setMachineKey(uint256 provisionId, address machineKey, uint64 deadline, bytes calldata proof) external;

    /// @notice Says where the provision serves.
    function setEndpoint(uint256 provisionId, string calldata endpoint) external;

    /// @notice Lets a provision run that is a draft or off, once it has the stake. It runs with its first heartbeat. Stopped by
    /// a pause.
    function start(uint256 provisionId) external;

    /// @notice Ends a run: the provision drains for `drain` seconds, 10 minutes to 7 days, and is off then. It owes no
    /// heartbeats from now on. One that never ran is off at once.
    function stop(uint256 provisionId, uint256 drain) external;

    /// @notice The caller's heartbeat, by the provision's machine key.
    function heartbeat(uint256 provisionId) external;

    /// @notice Brings heartbeats that machine keys signed. One that is stamped in the future, over 10 minutes ago or not after
    /// the last is passed over, as is one of a provision that does not run, or not signed by its key.
    /// @return accepted how many counted
    function heartbeats(Heartbeat[] calldata items) external returns (uint256 accepted);

    /// @notice Says that a running provision sent no heartbeat for 50 minutes. From 10 minutes later, and 60 after its last, it
    /// is absent unless it sends one: so nobody is at fault because the chain stood still.
    function accuse(uint256 provisionId) external;

    /// @notice Turns a provision off whose stake fell below what it must keep. Anybody.
    function enforceMinimum(uint256 provisionId) external;

    /// @notice Sets what provisions of `tier` that start from now on must keep, within `LEAST_MINIMUM` and `MOST_MINIMUM`.
    /// Governance.
    function setMinimum(uint8 tier, uint256 minimum) external;

    /// @notice Fixes who may turn provisions off for a fault. Governance, once.
    function setUp(address disputes) external;

    /// @return The provision as it is now.
    function provisionOf(uint256 provisionId) external view returns (ProvisionView memory);

    /// @return Its state now: a drain that is over is Off.
    function stateOf(uint256 provisionId) external view returns (State);

    /// @return How many provisions `provider` has: their indexes are 1 to this.
    function provisionCount(address provider) external view returns (uint256);

    /// @return provisionId what `machineKey` belongs to; zero when it never belonged to any
    /// @return from when it began to
    /// @return until when it ceased to; the largest number when it still does
    function provisionOfKey(
        address machineKey
    ) external view returns (uint256 provisionId, uint256 from, uint256 until);

    /// @return What provisions of `tier` that start now must keep.
    function minimumOf(uint8 tier) external view returns (uint256);

    /// @return The hash in `did:peaq:evm:<hash>`: keccak256(abi.encode(chain id, this, provider, machine key)).
    function didOf(uint256 provisionId) external view returns (bytes32);

    /// @notice Reads an attribute of the machine key's own DID `did:peaq:<machine key>` from peaq's precompile at 0x800.
    /// Whoever wrote a name first holds it there, whoever's DID it is: a value is a claim, never a proof. What belongs to a
    /// provision is proven here, by signature.
    /// @return isSet false where there is no such attribute, or no such precompile
    function didAttribute(
        uint256 provisionId,
        bytes calldata name
    ) external view returns (bool isSet, bytes memory value);
}
