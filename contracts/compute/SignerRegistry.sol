// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {CollectorState} from "./CollectorState.sol";
import {ComputeExtension} from "./ComputeExtension.sol";
import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {ISignerRegistry} from "./interfaces/ISignerRegistry.sol";
import {SignerWord, toSignerWord} from "./libraries/SignerWord.sol";

/// @title Who signs for a payer
/// @notice A signer's key commits no more than its caps: they are charged when it raises a reservation, in this chain's time,
/// and its vouchers reach no further than reservations do. A payer cannot take back what a signer signed: neither revocation
/// nor expiry touches what was stamped before, for 24 hours.
/// No owner, no parameters, no money.
/// @dev Runs by delegatecall from `VoucherCollector`, over its storage and at its address: that is the registry's address,
/// and the one that a `SignerProof` and a `Raise` are signed for.
contract SignerRegistry is CollectorState, ComputeExtension, EIP712, ISignerRegistry {
    /// @notice The longest time of a signer.
    uint256 public constant MAX_TERM = 10 * 365 days;

    bytes32 private constant _PROOF = keccak256("SignerProof(address payer,address signer,uint64 deadline)");
    bytes32 private constant _RAISE = keccak256(
        "Raise(address payer,address provider,uint96 amount,uint256 nonce,uint64 deadline)"
    );

    constructor(IPaymentsEscrowCore escrow_) CollectorState(escrow_) EIP712("cxmpute signers", "1") {}

    // ------------------------------------------------------------------------------------------------------- payers

    /// @inheritdoc ISignerRegistry
    function authorise(
        address signer,
        uint40 expires,
        uint8 kinds,
        Caps calldata caps,
        uint64 deadline,
        bytes calldata proof
    ) external onlyThroughCore {
        if (signer == address(0) || signer == msg.sender) revert InvalidSigner(signer);
        if (expires <= block.timestamp || expires > block.timestamp + MAX_TERM) revert InvalidExpiry(expires);
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        uint256 until = _bindsUntil(_signers[msg.sender][signer]);
        if (block.timestamp < until) revert StillBinding(signer, until);
        _requireSignature(signer, keccak256(abi.encode(_PROOF, msg.sender, signer, deadline)), proof);

        _signers[msg.sender][signer] = toSignerWord(expires, kinds);
        emit SignerAuthorised(msg.sender, signer, expires, kinds);
        _setCaps(signer, caps);
    }

    /// @inheritdoc ISignerRegistry
    function setCaps(address signer, Caps calldata caps) external onlyThroughCore {
        if (block.timestamp >= _signers[msg.sender][signer].stoppedAt()) {
            revert NotASigner(msg.sender, signer);
        }
        _setCaps(signer, caps);
    }

    function _setCaps(address signer, Caps calldata caps) private {
        _spending[msg.sender][signer] = Spending(caps.perDay, caps.total, 0, 0, uint32(block.timestamp / 1 days));
        _scopes[msg.sender][signer] = caps.providers;
        emit CapsSet(msg.sender, signer, caps);
    }

    /// @inheritdoc ISignerRegistry
    function revoke(address signer) external onlyThroughCore {
        if (!_revoke(signer)) revert NotASigner(msg.sender, signer);
    }

    /// @inheritdoc ISignerRegistry
    function revokeMany(address[] calldata list) external onlyThroughCore {
        for (uint256 i; i < list.length; ++i) _revoke(list[i]);
    }

    function _revoke(address signer) private returns (bool) {
        SignerWord record = _signers[msg.sender][signer];
        if (block.timestamp >= record.stoppedAt()) return false;
        _signers[msg.sender][signer] = record.revoked(block.timestamp);
        emit SignerRevoked(msg.sender, signer);
        return true;
    }

    // ------------------------------------------------------------------------------------------------------ signers

    /// @inheritdoc ISignerRegistry
    function raise(
        address payer,
        address provider,
        uint96 amount,
        bytes32[] calldata scopeProof
    ) external onlyThroughCore {
        _raise(payer, msg.sender, provider, amount, scopeProof);
    }

    /// @inheritdoc ISignerRegistry
    function raiseBySignature(
        address payer,
        address signer,
        address provider,
        uint96 amount,
        uint64 deadline,
        bytes32[] calldata scopeProof,
        bytes calldata signature
    ) external onlyThroughCore {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        uint256 nonce = _nonces[payer][signer]++;
        _requireSignature(signer, keccak256(abi.encode(_RAISE, payer, provider, amount, nonce, deadline)), signature);
        _raise(payer, signer, provider, amount, scopeProof);
    }

    function _raise(
        address payer,
        address signer,
        address provider,
        uint96 amount,
        bytes32[] calldata scopeProof
    ) private {
        if (block.timestamp >= _signers[payer][signer].stoppedAt()) revert NotASigner(payer, signer);
        bytes32 scope = _scopes[payer][signer];
        if (scope != 0 && !MerkleProof.verifyCalldata(scopeProof, scope, _scopeLeaf(provider))) {
            revert OutOfScope(provider);
        }
        _charge(payer, signer, amount);

        emit Raised(payer, signer, provider, amount);
        _ESCROW.raiseFor(payer, provider, amount);
    }

    /// @dev Hashed twice, so that no inner node passes for a leaf.
    function _scopeLeaf(address provider) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(provider))));
    }

    function _charge(address payer, address signer, uint256 amount) private {
        Spending memory spending = _spending[payer][signer];
        uint32 today = uint32(block.timestamp / 1 days);
        if (spending.day != today) (spending.day, spending.spentToday) = (today, 0);
        uint256 leftToday = spending.perDay - spending.spentToday;
        uint256 left = spending.total - spending.spent;
        if (leftToday < left) left = leftToday;
        if (amount > left) revert CapExceeded(left, amount);

        spending.spentToday += uint56(amount);
        spending.spent += uint56(amount);
        _spending[payer][signer] = spending;
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc ISignerRegistry
    function signerOf(address payer, address signer) external view returns (SignerView memory view_) {
        SignerWord record = _signers[payer][signer];
        Spending memory spending = _spending[payer][signer];
        view_.expires = record.expiresAt();
        view_.stopped = record.stoppedAt();
        view_.kinds = record.kindsOf();
        view_.caps = Caps(spending.perDay, spending.total, _scopes[payer][signer]);
        view_.spentToday = spending.day == block.timestamp / 1 days ? spending.spentToday : 0;
        view_.spent = spending.spent;
    }

    /// @inheritdoc ISignerRegistry
    function raiseNonce(address payer, address signer) external view returns (uint256) {
        return _nonces[payer][signer];
    }

    /// @notice The collector's domain, "cxmpute vouchers": ERC-5267 tells one an address, and vouchers are what most sign there.
    /// A `SignerProof` and a `Raise` are signed in "cxmpute signers", all else alike.
    function eip712Domain()
        public
        view
        override
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        (fields, , version, chainId, verifyingContract, salt, extensions) = super.eip712Domain();
        name = "cxmpute vouchers";
    }

    function _bindsUntil(SignerWord record) private pure returns (uint256) {
        uint256 stopped = record.stoppedAt();
        return stopped == 0 ? 0 : stopped + BINDING;
    }

    function _requireSignature(address signer, bytes32 structHash, bytes calldata signature) private view {
        bytes32 digest = _hashTypedDataV4(structHash);
        if (!SignatureChecker.isValidSignatureNow(signer, digest, signature)) revert InvalidSignature(signer);
    }
}
