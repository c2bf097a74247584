// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {UTokenState} from "./UTokenState.sol";

/// @notice Signed permissions: one domain a pool, one counter an owner for all kinds.
abstract contract UTokenSignatures is UTokenState, EIP712 {
    bytes32 internal constant _PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant _BORROW_TYPEHASH = keccak256(
        "ApproveBorrow(address owner,address delegate,uint256 amount,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant _COLLATERAL_TYPEHASH = keccak256(
        "SetCollateral(address owner,bool on,uint256 nonce,uint256 deadline)"
    );

    /// @dev `name_` has at most 31 bytes, as `UTokenViews` demands: a longer one would lie in this contract's own storage,
    /// where the pool does not find it.
    constructor(string memory name_) EIP712(name_, "1") {}

    /// @notice ERC-2612.
    function nonces(address owner) external view returns (uint256) {
        return _nonces[owner];
    }

    /// @notice ERC-2612.
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _useNonce(address owner) internal returns (uint256 nonce) {
        unchecked {
            nonce = _nonces[owner]++;
        }
    }

    /// @dev No signature is nobody's: the zero address is refused.
    function _requireSignature(
        address owner,
        bytes32 structHash,
        uint256 deadline,
        bytes memory signature
    ) internal view {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        bytes32 digest = _hashTypedDataV4(structHash);
        if (owner == address(0) || !SignatureChecker.isValidSignatureNow(owner, digest, signature)) {
            revert InvalidSignature(owner);
        }
    }
}
