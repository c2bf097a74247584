// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../contracts/libraries/Price.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice EIP-712 digests of the order book, built from the type strings alone.
abstract contract SignatureHelpers is DexHelpers {
    uint256 internal constant SIGNER_KEY = 0xA11CE5EED;
    /// @dev Order of secp256k1: `n - s` is the other valid s of a signature.
    uint256 internal constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    address internal signer;

    function setUp() public virtual override {
        super.setUp();
        signer = vm.addr(SIGNER_KEY);
        fund(signer);
    }

    function domain(uint256 chain, address verifier) internal pure returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE, keccak256("unxversal order"), keccak256("1"), chain, verifier));
    }

    function digest(bytes32 structHash) internal view returns (bytes32) {
        return digestIn(domain(block.chainid, address(book)), structHash);
    }

    function digestIn(bytes32 separator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }

    function sign(uint256 key, bytes32 hash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    function cancelHash(
        address owner,
        uint256[] memory ids,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("Cancel(address owner,uint256[] ids,uint256 nonce,uint256 deadline)"),
                    owner,
                    keccak256(abi.encodePacked(ids)),
                    nonce,
                    deadline
                )
            );
    }

    function amendHash(
        uint256 id,
        uint256 newRemaining,
        Price newPrice,
        bytes32 terms,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(
                        "Amend(uint256 id,uint256 newRemaining,uint80 newPrice,bytes32 termsHash,uint256 nonce,"
                        "uint256 deadline)"
                    ),
                    id,
                    newRemaining,
                    newPrice,
                    terms,
                    nonce,
                    deadline
                )
            );
    }

    function permitHash(address spender, uint256 id, uint256 nonce, uint256 deadline) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("Permit(address spender,uint256 id,uint256 nonce,uint256 deadline)"),
                    spender,
                    id,
                    nonce,
                    deadline
                )
            );
    }
}
