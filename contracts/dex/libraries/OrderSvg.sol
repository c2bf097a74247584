// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/src/utils/LibString.sol";

/// @notice An order as a picture. The symbols, the only texts from outside, are escaped here.
library OrderSvg {
    /// @param hue of the accent, in degrees
    /// @param open whether the status is drawn as good news
    struct Card {
        uint256 hue;
        bool open;
        string sells;
        string buys;
        string price;
        string remaining;
        string available;
        string expiry;
        string status;
        string footer;
    }

    function render(Card memory card) internal pure returns (string memory) {
        // Two symbols of full length fit the card in the smaller size.
        string memory size = bytes(card.sells).length + bytes(card.buys).length > 16 ? "22" : "34";
        card.sells = LibString.escapeHTML(card.sells);
        card.buys = LibString.escapeHTML(card.buys);
        string memory head = string.concat(
            _frame(LibString.toString(card.hue)),
            _status(card.status, card.open),
            _text("40", "118", size, "#fff", string.concat(card.sells, unicode" → ", card.buys))
        );
        return string.concat(head, _rows(card), _text("40", "446", "14", "#8b93a7", card.footer), "</svg>");
    }

    function _rows(Card memory card) private pure returns (string memory) {
        return
            string.concat(
                _row("180", "PRICE", card.price, string.concat(card.buys, " for one ", card.sells)),
                _row("262", "REMAINING", card.remaining, string.concat(card.sells, card.available)),
                _row("344", "EXPIRES", card.expiry, "")
            );
    }

    function _frame(string memory hue) private pure returns (string memory) {
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" font-family="ui-monospace,Menlo,Consolas,'
                'monospace"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#151926"/>'
                '<stop offset="1" stop-color="hsl(',
                hue,
                ',45%,22%)"/></linearGradient></defs><rect width="480" height="480" rx="28" fill="url(#g)"/>'
                '<rect x="40" y="138" width="400" height="3" rx="1.5" fill="hsl(',
                hue,
                ',80%,62%)"/>',
                _text("40", "60", "15", "#8b93a7", "unxversal limit order")
            );
    }

    function _status(string memory status, bool open) private pure returns (string memory) {
        return
            string.concat(
                '<text x="440" y="60" font-size="15" font-weight="700" text-anchor="end" fill="',
                open ? "#4ade80" : "#fbbf24",
                '">',
                status,
                "</text>"
            );
    }

    /// @dev `unit` is escaped already.
    function _row(
        string memory y,
        string memory label,
        string memory value,
        string memory unit
    ) private pure returns (string memory) {
        return
            string.concat(
                '<g transform="translate(40 ',
                y,
                ')">',
                _text("0", "0", "13", "#8b93a7", label),
                _text("0", "32", "27", "#fff", value),
                _text("0", "54", "14", "#c3c9d8", unit),
                "</g>"
            );
    }

    function _text(
        string memory x,
        string memory y,
        string memory size,
        string memory fill,
        string memory content
    ) private pure returns (string memory) {
        return
            string.concat(
                '<text x="',
                x,
                '" y="',
                y,
                '" font-size="',
                size,
                '" fill="',
                fill,
                '">',
                content,
                "</text>"
            );
    }
}
