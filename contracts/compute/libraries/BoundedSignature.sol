// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";

/// @notice Whether a signature is an account's or a contract's, at a bounded price: a hostile contract among many signers
/// must not be able to end a batch.
library BoundedSignature {
    /// @dev What a contract may burn to answer.
    uint256 internal constant GAS = 100_000;

    /// @dev Half of secp256k1's order: above it lies the other signature of the same key and digest.
    uint256 private constant _HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @return Whether `signature` over `digest` is by `signer`. Never reverts.
    function isBy(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        return isByAccount(signer, digest, signature) || (signer.code.length != 0 && _asks(signer, digest, signature));
    }

    /// @return Whether `signature` over `digest` is by the key of the account `signer`. Never reverts.
    function isByAccount(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (signature.length != 65) return false;
        uint256 s;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            s := calldataload(add(signature.offset, 0x20))
        }
        address recovered = s <= _HIGHEST_S ? ECDSA.tryRecoverCalldata(digest, signature) : address(0);
        return recovered == signer && recovered != address(0);
    }

    function _asks(address signer, bytes32 digest, bytes calldata signature) private view returns (bool isValid) {
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // One word of the answer, however long it is.
            let success := staticcall(GAS, signer, add(question, 0x20), mload(question), 0x00, 0x20)
            isValid := and(and(success, gt(returndatasize(), 0x1f)), eq(mload(0x00), magic))
        }
    }
}
