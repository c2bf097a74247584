// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IAttestationHub} from "./interfaces/IAttestationHub.sol";

/// @title What attesters measured
/// @notice Roots of what k of n attesters measured in an epoch, and the median of what they say. Nobody waits for them: an
/// epoch that is not attested in a week is neutral.
/// What it trusts: of the reports of an epoch, that fewer than half are lies. Holds no money. Upgrade: none. No pause.
contract AttestationHub is AccessManaged, EIP712, IAttestationHub {
    /// @dev One word. Generation: whose set attested it or, before that, by which set `count` reports count.
    struct Epoch {
        uint64 generation;
        uint8 count;
        bool isAttested;
    }

    /// @dev One word.
    struct Current {
        uint64 generation;
        uint64 lastAttested;
    }

    /// @notice How long an epoch is, and how long its reports are taken after it.
    uint256 public constant EPOCH = 7 days;
    uint256 public constant REPORTING = 7 days;
    uint256 public constant MOST_ATTESTERS = 16;

    uint256 private constant _HOURS = 168;
    uint256 private constant _METRICS = 6;
    bytes32 private constant _REPORT = keccak256("Report(uint64 epoch,bytes32 root,bytes32 dataHash)");

    Current private _current;
    mapping(uint64 epoch => Epoch) private _epochs;
    /// @dev Sets are kept: an attested epoch is its own set's for good.
    mapping(uint256 generation => address[]) private _sets;
    mapping(uint256 generation => uint256) private _quorums;
    /// @dev Since which set on an attester of this set has been one without a break; zero for none.
    mapping(uint256 generation => mapping(address attester => uint256)) private _since;
    /// @dev By when the attester's time began: who was removed and comes back does so without what it reported before.
    mapping(uint64 epoch => mapping(address attester => mapping(uint256 since => bytes32))) private _roots;

    constructor(
        address authority_,
        address[] memory attesters,
        uint256 quorum
    ) AccessManaged(authority_) EIP712("cxmpute attestations", "1") {
        _current.lastAttested = uint64(block.timestamp / EPOCH - 1);
        _setAttesters(attesters, quorum);
    }

    // ------------------------------------------------------------------------------------------------------ reports

    /// @inheritdoc IAttestationHub
    function submit(uint64 epoch, bytes32 root, bytes32 dataHash, address attester, bytes calldata signature) external {
        _requireOpen(epoch);
        if (root == 0) revert EmptyReport();
        uint256 generation = _current.generation;
        Epoch memory state = _epochs[epoch];
        uint256 since = _since[generation][attester];
        // Who came after the epoch was attested cannot change what it says.
        bool may = since != 0 && (!state.isAttested || _since[state.generation][attester] == since);
        if (!may) revert NotAttester(attester);
        if (_roots[epoch][attester][since] != 0) revert AlreadyReported(epoch, attester);
        if (!SignatureChecker.isValidSignatureNow(attester, hashReport(epoch, root, dataHash), signature)) {
            revert InvalidSignature(attester);
        }

        _roots[epoch][attester][since] = root;
        emit Reported(epoch, attester, root, dataHash);
        if (state.isAttested || state.generation == generation) ++state.count;
        else (state.generation, state.count) = (uint64(generation), _count(epoch, generation));
        _store(epoch, state);
    }

    /// @inheritdoc IAttestationHub
    function recount(uint64 epoch) external returns (bool) {
        Epoch memory state = _epochs[epoch];
        if (state.isAttested) return true;
        _requireOpen(epoch);
        state.generation = _current.generation;
        state.count = _count(epoch, state.generation);
        _store(epoch, state);
        return state.isAttested;
    }

    function _store(uint64 epoch, Epoch memory state) private {
        bool isNew = !state.isAttested && state.count >= _quorums[state.generation];
        if (isNew) state.isAttested = true;
        _epochs[epoch] = state;
        if (!isNew) return;
        if (epoch > _current.lastAttested) _current.lastAttested = epoch;
        emit Attested(epoch);
    }

    function _count(uint64 epoch, uint256 generation) private view returns (uint8 count) {
        address[] storage set = _sets[generation];
        for (uint256 i; i < set.length; ++i) {
            if (_rootIn(epoch, set[i], generation) != 0) ++count;
        }
    }

    function _rootIn(uint64 epoch, address attester, uint256 generation) private view returns (bytes32) {
        return _roots[epoch][attester][_since[generation][attester]];
    }

    /// @dev Whose set's reports of the epoch count.
    function _generationOf(uint64 epoch) private view returns (uint256) {
        Epoch memory state = _epochs[epoch];
        return state.isAttested ? state.generation : _current.generation;
    }

    function _requireOpen(uint64 epoch) private view {
        uint256 endsAt = _endOf(epoch);
        if (block.timestamp < endsAt) revert EpochNotEnded(endsAt);
        if (block.timestamp >= endsAt + REPORTING) revert EpochClosed(endsAt + REPORTING);
    }

    function _endOf(uint64 epoch) private pure returns (uint256) {
        return (uint256(epoch) + 1) * EPOCH;
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IAttestationHub
    function setAttesters(address[] calldata attesters, uint256 quorum) external restricted {
        _setAttesters(attesters, quorum);
    }

    function _setAttesters(address[] memory attesters, uint256 quorum) private {
        uint256 count = attesters.length;
        if (count == 0 || count > MOST_ATTESTERS) revert BadCount(count);
        if (quorum > count || 2 * quorum <= count) revert BadQuorum(quorum, count);
        uint256 before = _current.generation;
        uint256 generation = before + 1;
        address last;
        for (uint256 i; i < count; ++i) {
            address attester = attesters[i];
            if (attester <= last) revert BadAttester(attester);
            last = attester;
            uint256 since = _since[before][attester];
            _since[generation][attester] = since == 0 ? generation : since;
        }
        _sets[generation] = attesters;
        _quorums[generation] = quorum;
        _current.generation = uint64(generation);
        emit AttestersSet(generation, attesters, quorum);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IAttestationHub
    function median(uint64 epoch, Claim[] calldata claims) external view returns (Leaf memory result) {
        Epoch memory state = _epochs[epoch];
        if (!state.isAttested) revert NotAttested(epoch);
        uint256 quorum = _quorums[state.generation];
        if (claims.length < quorum) revert TooFewClaims(claims.length, quorum);
        (result.provisionId, result.hour) = (claims[0].leaf.provisionId, claims[0].leaf.hour);
        if (result.hour >= _HOURS) revert BadClaim(result.provisionId, result.hour);

        uint256[][] memory metrics = new uint256[][](_METRICS);
        for (uint256 i; i < _METRICS; ++i) metrics[i] = new uint256[](claims.length);
        address last;
        for (uint256 i; i < claims.length; ++i) {
            Claim calldata claim = claims[i];
            if (claim.attester <= last) revert OutOfOrder(claim.attester);
            last = claim.attester;
            _requireClaim(epoch, state.generation, claim, result);
            Leaf calldata leaf = claim.leaf;
            _insert(metrics[0], i, leaf.requests);
            _insert(metrics[1], i, leaf.inputTokens);
            _insert(metrics[2], i, leaf.outputTokens);
            _insert(metrics[3], i, leaf.uptimePpm);
            _insert(metrics[4], i, leaf.p50Ms);
            _insert(metrics[5], i, leaf.failures);
        }
        uint256 middle = (claims.length - 1) / 2;
        result.requests = uint64(metrics[0][middle]);
        result.inputTokens = uint64(metrics[1][middle]);
        result.outputTokens = uint64(metrics[2][middle]);
        result.uptimePpm = uint32(metrics[3][middle]);
        result.p50Ms = uint32(metrics[4][middle]);
        result.failures = uint64(metrics[5][middle]);
    }

    function _requireClaim(uint64 epoch, uint256 generation, Claim calldata claim, Leaf memory of_) private view {
        Leaf calldata leaf = claim.leaf;
        if (leaf.provisionId != of_.provisionId || leaf.hour != of_.hour) revert BadClaim(leaf.provisionId, leaf.hour);
        bytes32 root = _rootIn(epoch, claim.attester, generation);
        if (root == 0) revert NotAttester(claim.attester);
        // Hashed twice, so that no inner node passes for a leaf.
        bytes32 hash = keccak256(bytes.concat(keccak256(abi.encode(leaf))));
        if (!MerkleProof.verifyCalldata(claim.proof, root, hash)) revert NotInReport(claim.attester);
    }

    /// @dev Keeps the first `count` values, and the new one among them, in rising order.
    function _insert(uint256[] memory values, uint256 count, uint256 value) private pure {
        for (; count != 0 && values[count - 1] > value; --count) values[count] = values[count - 1];
        values[count] = value;
    }

    /// @inheritdoc IAttestationHub
    function isAttested(uint64 epoch) external view returns (bool) {
        return _epochs[epoch].isAttested;
    }

    /// @inheritdoc IAttestationHub
    function isFinal(uint64 epoch) external view returns (bool) {
        if (block.timestamp >= _endOf(epoch) + REPORTING) return true;
        Epoch memory state = _epochs[epoch];
        if (!state.isAttested) return false;
        address[] storage set = _sets[state.generation];
        for (uint256 i; i < set.length; ++i) {
            uint256 since = _since[state.generation][set[i]];
            bool may = _since[_current.generation][set[i]] == since;
            if (may && _roots[epoch][set[i]][since] == 0) return false;
        }
        return true;
    }

    /// @inheritdoc IAttestationHub
    function isSilent() external view returns (bool) {
        return block.timestamp >= _endOf(_current.lastAttested + 1) + REPORTING;
    }

    /// @inheritdoc IAttestationHub
    function isSilentEpoch(uint64 epoch) external view returns (bool) {
        return !_epochs[epoch].isAttested && block.timestamp >= _endOf(epoch) + REPORTING;
    }

    /// @inheritdoc IAttestationHub
    function lastAttested() external view returns (uint64) {
        return _current.lastAttested;
    }

    /// @inheritdoc IAttestationHub
    function reportOf(uint64 epoch, address attester) external view returns (bytes32) {
        return _rootIn(epoch, attester, _generationOf(epoch));
    }

    /// @inheritdoc IAttestationHub
    function reportsOf(uint64 epoch) external view returns (uint256) {
        return _count(epoch, _generationOf(epoch));
    }

    /// @inheritdoc IAttestationHub
    function attestersNow() external view returns (address[] memory attesters, uint256 quorum) {
        return (_sets[_current.generation], _quorums[_current.generation]);
    }

    /// @inheritdoc IAttestationHub
    function hashReport(uint64 epoch, bytes32 root, bytes32 dataHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(_REPORT, epoch, root, dataHash)));
    }
}
