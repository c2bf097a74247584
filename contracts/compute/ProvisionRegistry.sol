// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {IPeaqDid} from "./interfaces/IPeaqDid.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {IProvisionRegistry} from "./interfaces/IProvisionRegistry.sol";
import {IProvisionRegistryCore} from "./interfaces/IProvisionRegistryCore.sol";
import {BoundedSignature} from "./libraries/BoundedSignature.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {Services} from "./libraries/Services.sol";

/// @title Machines that serve, and whether they run
/// @notice A provision is a machine of a provider: a key that signs what it does, a service, a tier, and a state that only the
/// machine's heartbeats, its provider and its faults change.
/// What it trusts: the staking, for how much stands behind a provision; the dispute manager, for faults. Governance sets what
/// later starts must keep, within bounds.
/// Upgrade: none. A pause stops new provisions and starts, nothing else.
contract ProvisionRegistry is GuardianPausable, EIP712, IProvisionRegistry {
    /// @dev One word: what a heartbeat reads and writes.
    struct Provision {
        address machineKey;
        State state;
        uint8 service;
        uint8 tier;
        uint32 lastHeartbeat;
        uint32 accusedAt;
    }

    /// @dev One word.
    struct Run {
        uint96 minimum;
        uint40 startedAt;
        uint40 offAt;
    }

    /// @dev One word.
    struct KeyUse {
        uint192 provision;
        uint32 from;
        uint32 until;
    }

    /// @notice A heartbeat that was signed longer ago does not count.
    uint256 public constant MAX_AGE = 10 minutes;
    /// @notice Without a heartbeat for so long, a running provision is absent.
    uint256 public constant ABSENCE = 60 minutes;
    /// @notice How long before it is absent a provision must have been accused.
    uint256 public constant ANSWER = 10 minutes;
    /// @notice Bounds of a drain.
    uint256 public constant LEAST_DRAIN = 10 minutes;
    uint256 public constant MOST_DRAIN = 7 days;
    /// @notice Bounds of a tier's minimum.
    uint256 public constant LEAST_MINIMUM = 100e18;
    uint256 public constant MOST_MINIMUM = 1_000_000e18;
    /// @notice The longest endpoint, in bytes.
    uint256 public constant MAX_ENDPOINT = 256;
    /// @notice Where peaq has its DIDs.
    IPeaqDid public constant DIDS = IPeaqDid(0x0000000000000000000000000000000000000800);

    uint32 private constant _STILL = type(uint32).max;
    uint256 private constant _BELOW_PROVISION = 64;

    bytes32 private constant _MACHINE_KEY = keccak256(
        "MachineKey(address provider,uint32 index,address machineKey,uint64 deadline)"
    );
    bytes32 private constant _HEARTBEAT = keccak256("Heartbeat(uint256 provisionId,uint64 timestamp)");

    IProviderStakingCore private immutable _STAKING;

    mapping(uint256 provisionId => Provision) private _provisions;
    mapping(uint256 provisionId => Run) private _runs;
    mapping(uint256 provisionId => bytes32) private _endpoints;
    mapping(address machineKey => KeyUse) private _keys;
    mapping(address provider => uint256) private _counts;
    mapping(uint8 tier => uint256) private _minimums;
    address private _disputes;

    /// @param minimums what provisions of each tier must keep, in units of UNXV
    constructor(
        address authority_,
        IProviderStakingCore staking_,
        uint256[] memory minimums
    ) AccessManaged(authority_) EIP712("cxmpute provisions", "1") {
        if (address(staking_) == address(0)) revert InvalidAddress(address(staking_));
        _STAKING = staking_;
        if (minimums.length != Services.TIERS) {
            revert OutOfBounds(minimums.length, Services.TIERS, Services.TIERS);
        }
        for (uint8 tier; tier < Services.TIERS; ++tier) _setMinimum(tier, minimums[tier]);
    }

    // --------------------------------------------------------------------------------------------------- providers

    /// @inheritdoc IProvisionRegistry
    function register(
        uint8 service,
        uint8 tier,
        string calldata endpoint,
        address machineKey,
        uint64 deadline,
        bytes calldata proof
    ) external returns (uint256 provisionId) {
        _requireNotPaused(_requireUnlocked());
        if (service >= Services.COUNT) revert InvalidService(service);
        if (tier >= Services.TIERS) revert InvalidTier(tier);
        uint32 index = uint32(++_counts[msg.sender]);
        provisionId = ComputeIds.provisionId(msg.sender, index);
        _takeKey(provisionId, machineKey, deadline, proof);

        _provisions[provisionId] = Provision(machineKey, State.Draft, service, tier, 0, 0);
        emit Registered(provisionId, machineKey, service, tier);
        _setEndpoint(provisionId, endpoint);
    }

    /// @inheritdoc IProvisionRegistry
    function setMachineKey(uint256 provisionId, address machineKey, uint64 deadline, bytes calldata proof) external {
        _requireOwn(provisionId);
        Provision storage provision = _provisions[provisionId];
        _takeKey(provisionId, machineKey, deadline, proof);
        _keys[provision.machineKey].until = uint32(block.timestamp);
        provision.machineKey = machineKey;
        emit MachineKeySet(provisionId, machineKey);
    }

    /// @dev A key belongs to one provision, once: what it signs can be laid at nobody else's door.
    function _takeKey(uint256 provisionId, address machineKey, uint64 deadline, bytes calldata proof) private {
        KeyUse memory use = _keys[machineKey];
        if (use.from != 0) revert MachineKeyTaken(machineKey, _provisionOfUse(use));
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        bytes32 structHash = keccak256(
            abi.encode(_MACHINE_KEY, msg.sender, ComputeIds.indexOf(provisionId), machineKey, deadline)
        );
        // Accounts only: a contract could take back what it signed.
        if (!BoundedSignature.isByAccount(machineKey, _hashTypedDataV4(structHash), proof)) {
            revert InvalidSignature(machineKey);
        }
        _keys[machineKey] = KeyUse(uint192(provisionId >> _BELOW_PROVISION), uint32(block.timestamp), _STILL);
    }

    /// @inheritdoc IProvisionRegistry
    function setEndpoint(uint256 provisionId, string calldata endpoint) external {
        _requireOwn(provisionId);
        _setEndpoint(provisionId, endpoint);
    }

    function _setEndpoint(uint256 provisionId, string calldata endpoint) private {
        uint256 length = bytes(endpoint).length;
        if (length > MAX_ENDPOINT) revert EndpointTooLong(length, MAX_ENDPOINT);
        _endpoints[provisionId] = keccak256(bytes(endpoint));
        emit EndpointSet(provisionId, endpoint);
    }

    /// @inheritdoc IProvisionRegistry
    function start(uint256 provisionId) external {
        _requireNotPaused(_requireUnlocked());
        _requireOwn(provisionId);
        Provision storage provision = _provisions[provisionId];
        State state = stateOf(provisionId);
        if (state != State.Draft && state != State.Off) revert WrongState(provisionId, state);
        uint256 minimum = _minimums[provision.tier];
        uint256 stake = _stakeOf(provisionId);
        if (stake < minimum) revert StakeBelowMinimum(stake, minimum);

        provision.state = State.Started;
        _runs[provisionId] = Run(uint96(minimum), uint40(block.timestamp), 0);
        emit Started(provisionId, minimum);
    }

    /// @inheritdoc IProvisionRegistry
    function stop(uint256 provisionId, uint256 drain) external {
        _requireOwn(provisionId);
        Provision storage provision = _provisions[provisionId];
        if (provision.state == State.Started) {
            _turnOff(provisionId);
            return;
        }
        if (provision.state != State.Running) revert WrongState(provisionId, stateOf(provisionId));
        if (drain < LEAST_DRAIN || drain > MOST_DRAIN) revert OutOfBounds(drain, LEAST_DRAIN, MOST_DRAIN);

        uint256 offAt = block.timestamp + drain;
        provision.state = State.Draining;
        _runs[provisionId].offAt = uint40(offAt);
        emit Draining(provisionId, offAt);
    }

    /// @dev That it is there says who its provider is: the id names it.
    function _requireOwn(uint256 provisionId) private view {
        if (ComputeIds.providerOf(provisionId) != msg.sender || _provisions[provisionId].state == State.None)
            revert NotYourProvision(provisionId, msg.sender);
    }

    // -------------------------------------------------------------------------------------------------- heartbeats

    /// @inheritdoc IProvisionRegistry
    function heartbeat(uint256 provisionId) external {
        Provision memory provision = _provisions[provisionId];
        if (provision.machineKey != msg.sender) revert NotAllowed(msg.sender);
        if (!_beat(provisionId, provision, block.timestamp)) revert WrongState(provisionId, stateOf(provisionId));
    }

    /// @inheritdoc IProvisionRegistry
    function heartbeats(Heartbeat[] calldata items) external returns (uint256 accepted) {
        for (uint256 i; i < items.length; ++i) {
            Heartbeat calldata item = items[i];
            if (item.timestamp > block.timestamp || item.timestamp + MAX_AGE < block.timestamp) continue;
            Provision memory provision = _provisions[item.provisionId];
            bytes32 structHash = keccak256(abi.encode(_HEARTBEAT, item.provisionId, item.timestamp));
            bytes32 digest = _hashTypedDataV4(structHash);
            if (!BoundedSignature.isByAccount(provision.machineKey, digest, item.signature)) continue;
            if (_beat(item.provisionId, provision, item.timestamp)) ++accepted;
        }
    }

    /// @return Whether it counts: the provision is started or runs, and its last heartbeat, or its start, was earlier.
    function _beat(uint256 provisionId, Provision memory provision, uint256 timestamp) private returns (bool) {
        if (provision.state == State.Started) {
            if (timestamp < _runs[provisionId].startedAt) return false;
        } else if (provision.state != State.Running || timestamp <= provision.lastHeartbeat) {
            return false;
        }
        (provision.state, provision.lastHeartbeat, provision.accusedAt) = (State.Running, uint32(timestamp), 0);
        _provisions[provisionId] = provision;
        emit HeartbeatSeen(provisionId, timestamp);
        return true;
    }

    // ------------------------------------------------------------------------------------------------------ faults

    /// @inheritdoc IProvisionRegistry
    function accuse(uint256 provisionId) external {
        Provision storage provision = _provisions[provisionId];
        if (provision.state != State.Running) revert WrongState(provisionId, stateOf(provisionId));
        uint256 from = provision.lastHeartbeat + ABSENCE - ANSWER;
        if (block.timestamp < from) revert TooEarly(from);
        // A second accusation would only put off the first.
        if (provision.accusedAt != 0) revert NothingToDo();
        provision.accusedAt = uint32(block.timestamp);
        emit Accused(provisionId, msg.sender);
    }

    /// @inheritdoc IProvisionRegistryCore
    function isAbsent(uint256 provisionId) external view returns (bool) {
        Provision memory provision = _provisions[provisionId];
        return
            provision.state == State.Running &&
            provision.accusedAt != 0 &&
            block.timestamp >= provision.accusedAt + ANSWER &&
            block.timestamp >= provision.lastHeartbeat + ABSENCE;
    }

    /// @inheritdoc IProvisionRegistryCore
    function turnOff(uint256 provisionId) external {
        if (msg.sender != _disputes) revert NotAllowed(msg.sender);
        if (!_isOn(stateOf(provisionId))) revert WrongState(provisionId, stateOf(provisionId));
        _turnOff(provisionId);
    }

    /// @inheritdoc IProvisionRegistry
    function enforceMinimum(uint256 provisionId) external {
        uint256 minimum = requiredStake(provisionId);
        if (_stakeOf(provisionId) >= minimum) revert NothingToDo();
        _turnOff(provisionId);
    }

    function _turnOff(uint256 provisionId) private {
        _provisions[provisionId].state = State.Off;
        _runs[provisionId].offAt = 0;
        emit TurnedOff(provisionId);
    }

    // ---------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IProvisionRegistry
    function setMinimum(uint8 tier, uint256 minimum) external restricted {
        if (tier >= Services.TIERS) revert InvalidTier(tier);
        _setMinimum(tier, minimum);
    }

    function _setMinimum(uint8 tier, uint256 minimum) private {
        if (minimum < LEAST_MINIMUM || minimum > MOST_MINIMUM) revert OutOfBounds(minimum, LEAST_MINIMUM, MOST_MINIMUM);
        _minimums[tier] = minimum;
        emit MinimumSet(tier, minimum);
    }

    /// @inheritdoc IProvisionRegistry
    function setUp(address disputes) external restricted {
        if (_disputes != address(0)) revert AlreadySet();
        if (disputes == address(0)) revert InvalidAddress(disputes);
        _disputes = disputes;
        emit DisputesSet(disputes);
    }

    // ------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IProvisionRegistryCore
    function requiredStake(uint256 provisionId) public view returns (uint256) {
        return _isOn(stateOf(provisionId)) ? _runs[provisionId].minimum : 0;
    }

    /// @inheritdoc IProvisionRegistryCore
    function wasMachineKey(uint256 provisionId, address key, uint256 timestamp) external view returns (bool) {
        KeyUse memory use = _keys[key];
        return
            use.from != 0 &&
            _provisionOfUse(use) == provisionId &&
            timestamp >= use.from &&
            (use.until == _STILL || timestamp <= use.until);
    }

    /// @inheritdoc IProvisionRegistry
    function provisionOf(uint256 provisionId) external view returns (ProvisionView memory) {
        Provision memory provision = _provisions[provisionId];
        Run memory run = _runs[provisionId];
        return
            ProvisionView(
                provision.machineKey,
                stateOf(provisionId),
                provision.service,
                provision.tier,
                provision.lastHeartbeat,
                provision.accusedAt,
                run.offAt,
                run.minimum,
                _endpoints[provisionId]
            );
    }

    /// @inheritdoc IProvisionRegistry
    function stateOf(uint256 provisionId) public view returns (State state) {
        state = _provisions[provisionId].state;
        if (state == State.Draining && block.timestamp >= _runs[provisionId].offAt) state = State.Off;
    }

    /// @inheritdoc IProvisionRegistry
    function provisionCount(address provider) external view returns (uint256) {
        return _counts[provider];
    }

    /// @inheritdoc IProvisionRegistry
    function provisionOfKey(
        address machineKey
    ) external view returns (uint256 provisionId, uint256 from, uint256 until) {
        KeyUse memory use = _keys[machineKey];
        return (_provisionOfUse(use), use.from, use.until == _STILL ? type(uint256).max : use.until);
    }

    /// @inheritdoc IProvisionRegistry
    function minimumOf(uint8 tier) external view returns (uint256) {
        return _minimums[tier];
    }

    /// @inheritdoc IProvisionRegistry
    function didOf(uint256 provisionId) external view returns (bytes32) {
        address key = _provisions[provisionId].machineKey;
        return keccak256(abi.encode(block.chainid, address(this), ComputeIds.providerOf(provisionId), key));
    }

    /// @inheritdoc IProvisionRegistry
    function didAttribute(
        uint256 provisionId,
        bytes calldata name
    ) external view returns (bool isSet, bytes memory value) {
        bytes memory question = abi.encodeCall(IPeaqDid.readAttribute, (_provisions[provisionId].machineKey, name));
        // A chain without the precompile answers with success and nothing.
        (bool success, bytes memory answer) = address(DIDS).staticcall(question);
        if (!success || answer.length == 0) return (false, "");
        return (true, abi.decode(answer, (IPeaqDid.Attribute)).value);
    }

    function _stakeOf(uint256 provisionId) private view returns (uint256) {
        (uint256 tokens, uint256 thawing) = _STAKING.stakeOf(provisionId);
        return tokens - thawing;
    }

    function _isOn(State state) private pure returns (bool) {
        return state == State.Started || state == State.Running || state == State.Draining;
    }

    function _provisionOfUse(KeyUse memory use) private pure returns (uint256) {
        return uint256(use.provision) << _BELOW_PROVISION;
    }
}
