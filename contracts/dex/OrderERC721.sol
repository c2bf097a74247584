// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ERC721Utils} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Utils.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IOrderDescriptor} from "./interfaces/IOrderDescriptor.sol";
import {IOrderExtension} from "./interfaces/IOrderExtension.sol";
import {OrderFlags} from "./libraries/OrderFlags.sol";
import {OrderId} from "./libraries/OrderId.sol";
import {AccountWord, OrderWords, OrderWordsLib} from "./libraries/OrderWords.sol";
import {OrderState} from "./OrderState.sol";
import {ThroughBook} from "./ThroughBook.sol";

/// @notice The order as ERC-721 token: approvals, safe transfers, metadata, signed permissions. The plain transfer is
/// the core's.
abstract contract OrderERC721 is OrderState, EIP712, ThroughBook, IOrderExtension, IERC721Errors {
    using OrderId for uint256;
    using OrderWordsLib for uint256;

    string public constant name = "unxversal order";
    string public constant symbol = "UNXO";

    bytes32 internal constant _AMEND_TYPEHASH = keccak256(
        "Amend(uint256 id,uint256 newRemaining,uint80 newPrice,bytes32 termsHash,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant _CANCEL_TYPEHASH = keccak256(
        "Cancel(address owner,uint256[] ids,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant _PERMIT_TYPEHASH = keccak256(
        "Permit(address spender,uint256 id,uint256 nonce,uint256 deadline)"
    );

    IOrderDescriptor private immutable _DESCRIPTOR;

    constructor(IOrderDescriptor descriptor_) EIP712("unxversal order", "1") {
        _DESCRIPTOR = descriptor_;
    }

    // --------------------------------------------------------------------------------------------------- approvals

    /// @notice ERC-721. Zero takes the approval back.
    function approve(address spender, uint256 id) external onlyThroughBook {
        _requireUnlocked();
        address owner = ownerOf(id);
        if (msg.sender != owner && !_operators[owner][msg.sender]) revert ERC721InvalidApprover(msg.sender);
        _approve(owner, spender, id);
    }

    /// @notice ERC-721.
    function setApprovalForAll(address operator, bool approved) external onlyThroughBook {
        if (operator == address(0)) revert ERC721InvalidOperator(operator);
        _operators[msg.sender][operator] = approved;
        emit IERC721.ApprovalForAll(msg.sender, operator, approved);
    }

    /// @inheritdoc IOrderExtension
    function permit(address spender, uint256 id, uint256 deadline, bytes calldata signature) external onlyThroughBook {
        _requireUnlocked();
        address owner = ownerOf(id);
        bytes32 structHash = keccak256(abi.encode(_PERMIT_TYPEHASH, spender, id, _useSignatureNonce(owner), deadline));
        _requireSignature(owner, structHash, deadline, signature);
        _approve(owner, spender, id);
    }

    function _approve(address owner, address spender, uint256 id) private {
        uint256 b = _orders[id].b;
        uint256 flags = b.flagsOf();
        if (spender == address(0)) {
            delete _approved[id];
            _orders[id].b = b.withFlags(flags & ~OrderFlags.APPROVED);
        } else {
            _approved[id] = spender;
            _orders[id].b = b.withFlags(flags | OrderFlags.APPROVED);
        }
        emit IERC721.Approval(owner, spender, id);
    }

    function _useSignatureNonce(address owner) internal returns (uint256) {
        return _signatureNonces[owner]++;
    }

    /// @dev ECDSA (low s only) or ERC-1271.
    function _requireSignature(
        address signer,
        bytes32 structHash,
        uint256 deadline,
        bytes calldata signature
    ) internal view {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        if (!SignatureChecker.isValidSignatureNow(signer, _hashTypedDataV4(structHash), signature)) {
            revert InvalidSignature(signer);
        }
    }

    // --------------------------------------------------------------------------------------------------- transfers

    /// @notice ERC-721.
    function safeTransferFrom(address from, address to, uint256 id) external onlyThroughBook {
        _safeTransfer(from, to, id, "");
    }

    /// @notice ERC-721.
    function safeTransferFrom(address from, address to, uint256 id, bytes calldata data) external onlyThroughBook {
        _safeTransfer(from, to, id, data);
    }

    function _safeTransfer(address from, address to, uint256 id, bytes memory data) private {
        _transfer(msg.sender, from, to, id);
        ERC721Utils.checkOnERC721Received(msg.sender, from, to, id, data);
    }

    /// @inheritdoc IOrderExtension
    function transferIfUnchanged(address from, address to, uint256 id, bytes32 expected) external onlyThroughBook {
        bytes32 actual = termsHash(id);
        if (actual != expected) revert OrderChanged(id, expected, actual);
        _transfer(msg.sender, from, to, id);
    }

    // ------------------------------------------------------------------------------------------------------- views

    /// @notice ERC-721.
    function ownerOf(uint256 id) public view returns (address owner) {
        uint256 b = _orders[id].b;
        if (b == 0) revert ERC721NonexistentToken(id);
        (owner, ) = _ownerAndEpoch(id, b.flagsOf());
    }

    /// @notice ERC-721.
    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _accounts[owner].word.balance();
    }

    /// @notice ERC-721.
    function getApproved(uint256 id) external view returns (address) {
        ownerOf(id);
        return _approved[id];
    }

    /// @notice ERC-721.
    function isApprovedForAll(address owner, address operator) external view returns (bool) {
        return _operators[owner][operator];
    }

    /// @notice ERC-165.
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC721).interfaceId ||
            interfaceId == type(IERC721Metadata).interfaceId ||
            interfaceId == bytes4(0x49064906); // ERC-4906 names its id, since it consists of events
    }

    /// @notice ERC-721 metadata: a data URI with JSON and an SVG image.
    function tokenURI(uint256 id) external view returns (string memory) {
        ownerOf(id);
        return _DESCRIPTOR.tokenURI(id, order(id, address(0)));
    }

    /// @inheritdoc IOrderExtension
    function termsHash(uint256 id) public view returns (bytes32) {
        OrderWords storage words = _orders[id];
        if (words.b == 0) revert ERC721NonexistentToken(id);
        uint256 flags = words.b.flagsOf();
        (, bool cancelled) = _ownerAndEpoch(id, flags);
        // An approval or a transfer changes nothing that a buyer pays for.
        uint256 terms = words.b.withFlags(flags & ~(OrderFlags.APPROVED | OrderFlags.TRANSFERRED));
        return keccak256(abi.encode(id, words.a, terms, _privateTaker[id], _release[id], cancelled));
    }

    /// @inheritdoc IOrderExtension
    function order(uint256 id, address taker) public view returns (Order memory result) {
        Take memory take;
        (take.want, take.budget, take.limit) = (type(uint256).max, type(uint256).max, NO_LIMIT);
        result.status = _evaluate(take, _orders[id], id, taker);
        OrderWords storage words = _orders[id];
        (uint256 a, uint256 b) = (words.a, words.b);
        if (a == 0) return result;

        uint256 flags = b.flagsOf();
        uint256 release = _release[id];
        uint256 remaining = a.remainingOf();
        (result.owner, ) = _ownerAndEpoch(id, flags);
        result.maker = id.makerOf();
        result.nonce = uint64(id.nonceOf());
        result.expiry = uint32(id.expiryOf());
        result.sellToken = a.tokenOf();
        result.buyToken = b.tokenOf();
        result.remaining = uint96(remaining);
        result.available = uint96(flags & OrderFlags.RELEASED == 0 ? remaining : _available(id, remaining));
        result.price = b.priceOf();
        result.terms = uint16(flags);
        result.privateTaker = _privateTaker[id];
        result.releaseStart = uint40(release);
        result.releaseEnd = uint40(release >> 40);
        result.initial = uint96(release >> 80);
    }

    /// @inheritdoc IOrderExtension
    function nonces(address account) public view returns (uint256 next, uint256 epoch) {
        AccountWord word = _accounts[account].word;
        return (word.nonce(), word.epoch());
    }

    /// @inheritdoc IOrderExtension
    function signatureNonce(address account) external view returns (uint256) {
        return _signatureNonces[account];
    }

    /// @inheritdoc IOrderExtension
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }
}
