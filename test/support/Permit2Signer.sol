// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {WithPermit2} from "./Permit2.sol";

/// @notice Permit2's signatures, spelled out from its specification and this project's types, not from its code.
abstract contract Permit2Signer is WithPermit2 {
    bytes32 private constant _PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant _TRANSFER = keccak256(
        "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)"
        "TokenPermissions(address token,uint256 amount)"
    );
    bytes32 private constant _NEW_ORDER = keccak256(
        "NewOrder(address maker,address sellToken,address buyToken,uint256 sellAmount,uint80 price,uint32 expiry,"
        "uint16 terms,address privateTaker,uint40 releaseStart,uint40 releaseEnd)"
    );
    bytes32 private constant _TRANSFER_WITH_ORDER = keccak256(
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,"
        "NewOrder witness)"
        "NewOrder(address maker,address sellToken,address buyToken,uint256 sellAmount,uint80 price,uint32 expiry,"
        "uint16 terms,address privateTaker,uint40 releaseStart,uint40 releaseEnd)"
        "TokenPermissions(address token,uint256 amount)"
    );

    /// @dev What a signature permits.
    struct Permission {
        address token;
        uint256 amount;
        address spender;
        uint256 nonce;
        uint256 deadline;
    }

    function signTransfer(uint256 key, Permission memory p) internal view returns (bytes memory) {
        return
            _sign(
                key,
                keccak256(
                    abi.encode(
                        _TRANSFER,
                        keccak256(abi.encode(_PERMISSIONS, p.token, p.amount)),
                        p.spender,
                        p.nonce,
                        p.deadline
                    )
                )
            );
    }

    function signOrder(
        uint256 key,
        Permission memory p,
        IOrderTypes.NewOrder memory o
    ) internal view returns (bytes memory) {
        return
            _sign(
                key,
                keccak256(
                    abi.encode(
                        _TRANSFER_WITH_ORDER,
                        keccak256(abi.encode(_PERMISSIONS, p.token, p.amount)),
                        p.spender,
                        p.nonce,
                        p.deadline,
                        _hash(o)
                    )
                )
            );
    }

    function _hash(IOrderTypes.NewOrder memory o) private pure returns (bytes32) {
        bytes memory tokens = abi.encode(_NEW_ORDER, o.maker, o.sellToken, o.buyToken, o.sellAmount);
        bytes memory terms = abi.encode(Price.unwrap(o.price), o.expiry, o.terms, o.privateTaker);
        return keccak256(bytes.concat(tokens, terms, abi.encode(o.releaseStart, o.releaseEnd)));
    }

    function _sign(uint256 key, bytes32 structHash) private view returns (bytes memory) {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", permit2Separator(block.chainid), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
