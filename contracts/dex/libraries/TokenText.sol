// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/src/utils/LibString.sol";
import {MetadataReaderLib} from "solady/src/utils/MetadataReaderLib.sol";

/// @notice What a token says of itself, read without trust: bounded in gas and length, and only characters that cannot
/// mislead a reader's eye or a parser. The result still has to be escaped for where it goes.
library TokenText {
    /// @dev Enough for a proxied token's stored string.
    uint256 private constant _GAS = 100_000;
    uint256 private constant _MAX_CHARACTERS = 12;
    /// @dev More decimals than this are no token's that anybody trades; amounts then stay in units.
    uint256 private constant _MAX_DECIMALS = 36;

    /// @return text The token's symbol, string or bytes32, at most 12 characters; its shortened address when it has none.
    /// @dev Printable ASCII and the currency signs U+20A0 to U+20CF pass. Every other character becomes a question
    /// mark: invisible ones, those that turn the direction of writing, and letters that look like others.
    function symbolOf(address token) internal view returns (string memory text) {
        bytes memory raw = bytes(MetadataReaderLib.readSymbol(token, 4 * _MAX_CHARACTERS + 4, _GAS));
        uint256 characters;
        bool visible;
        for (uint256 i; i < raw.length; ++i) {
            // Bytes inside a character of several bytes: it was dealt with at its first one.
            if (raw[i] & 0xc0 == 0x80) continue;
            if (characters == _MAX_CHARACTERS) {
                text = string.concat(text, unicode"…");
                break;
            }
            if (raw[i] > 0x20 && raw[i] < 0x7f) {
                text = string(abi.encodePacked(text, raw[i]));
                visible = true;
            } else if (raw[i] == 0x20) {
                text = string.concat(text, " ");
            } else if (_isCurrencySign(raw, i)) {
                text = string(abi.encodePacked(text, raw[i], raw[i + 1], raw[i + 2]));
                visible = true;
            } else {
                text = string.concat(text, "?");
            }
            ++characters;
        }
        if (!visible) return shortAddress(token);
    }

    /// @return The token's decimals; zero when it names none or too many to be true.
    function decimalsOf(address token) internal view returns (uint256) {
        uint256 decimals = MetadataReaderLib.readUint(token, abi.encodeWithSignature("decimals()"), _GAS);
        return decimals > _MAX_DECIMALS ? 0 : decimals;
    }

    /// @return The first four and the last four digits of an address.
    function shortAddress(address account) internal pure returns (string memory) {
        string memory digits = LibString.toHexStringChecksummed(account);
        return string.concat(LibString.slice(digits, 0, 6), unicode"…", LibString.slice(digits, 38, 42));
    }

    /// @dev U+20A0 to U+20CF: e2 82 a0 to e2 82 bf, and e2 83 80 to e2 83 8f.
    function _isCurrencySign(bytes memory raw, uint256 i) private pure returns (bool) {
        if (raw[i] != 0xe2 || i + 2 >= raw.length) return false;
        if (raw[i + 1] == 0x82) return raw[i + 2] >= 0xa0 && raw[i + 2] <= 0xbf;
        return raw[i + 1] == 0x83 && raw[i + 2] >= 0x80 && raw[i + 2] <= 0x8f;
    }
}
