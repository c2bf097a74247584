// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Base64} from "solady/src/utils/Base64.sol";
import {DateTimeLib} from "solady/src/utils/DateTimeLib.sol";
import {LibString} from "solady/src/utils/LibString.sol";

import {IOrderDescriptor} from "./interfaces/IOrderDescriptor.sol";
import {IOrderTypes} from "./interfaces/IOrderTypes.sol";
import {DecimalText} from "./libraries/DecimalText.sol";
import {OrderFlags} from "./libraries/OrderFlags.sol";
import {OrderSvg} from "./libraries/OrderSvg.sol";
import {TokenText} from "./libraries/TokenText.sol";

/// @title Orders as ERC-721 metadata
/// @notice JSON and SVG as data URIs, made on chain from the order alone. No state, no rights.
/// Hostile tokens: their symbols are cut, cleaned and escaped, and a token that reverts, loops or returns megabytes
/// costs a bounded amount of gas and is shown by its address.
/// Known limit: a symbol is what a token calls itself. The attributes carry the addresses, and the description says so.
contract OrderDescriptor is IOrderDescriptor {
    /// @dev An order's texts, raw: escaped where they are used.
    struct Texts {
        string sells;
        string buys;
        string price;
        string remaining;
        string available;
        string expiry;
        string status;
    }

    /// @inheritdoc IOrderDescriptor
    function tokenURI(uint256 id, IOrderTypes.Order calldata order) external view returns (string memory) {
        Texts memory texts = _texts(order);
        string memory sells = LibString.escapeJSON(texts.sells);
        string memory buys = LibString.escapeJSON(texts.buys);
        string memory json = string.concat(
            '{"name":"Sell ',
            texts.remaining,
            " ",
            sells,
            " for ",
            buys,
            '","description":"A limit order: its owner is paid when somebody fills it, and can cancel it for what remains. '
            'Amount and price can change until then. Symbols are what the tokens call themselves: check the addresses.",'
            '"image":"data:image/svg+xml;base64,',
            Base64.encode(bytes(_image(id, order, texts))),
            '","attributes":[',
            _attributes(order, texts, sells, buys),
            "]}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json)));
    }

    function _texts(IOrderTypes.Order calldata order) private view returns (Texts memory texts) {
        uint256 sellDecimals = TokenText.decimalsOf(order.sellToken);
        texts.sells = TokenText.symbolOf(order.sellToken);
        texts.buys = TokenText.symbolOf(order.buyToken);
        texts.price = DecimalText.toText(order.price, sellDecimals, TokenText.decimalsOf(order.buyToken));
        texts.remaining = DecimalText.toText(order.remaining, -int256(sellDecimals));
        texts.available = DecimalText.toText(order.available, -int256(sellDecimals));
        texts.expiry = _expiryText(order.expiry);
        texts.status = _statusText(order.status);
    }

    function _image(
        uint256 id,
        IOrderTypes.Order calldata order,
        Texts memory texts
    ) private pure returns (string memory) {
        return
            OrderSvg.render(
                OrderSvg.Card({
                    hue: uint256(keccak256(abi.encode(order.sellToken, order.buyToken))) % 360,
                    open: order.status == IOrderTypes.FillStatus.Fillable,
                    sells: texts.sells,
                    buys: texts.buys,
                    price: texts.price,
                    remaining: texts.remaining,
                    available: order.available == order.remaining
                        ? ""
                        : string.concat(", of which ", texts.available, " now"),
                    expiry: texts.expiry,
                    status: texts.status,
                    footer: string.concat(
                        "No. ",
                        LibString.toString(order.nonce),
                        " of ",
                        TokenText.shortAddress(address(uint160(id >> 96)))
                    )
                })
            );
    }

    function _attributes(
        IOrderTypes.Order calldata order,
        Texts memory texts,
        string memory sells,
        string memory buys
    ) private pure returns (string memory) {
        return
            string.concat(
                _attribute("Sells", sells),
                _attribute(",", "Buys", buys),
                _attribute(",", "Sell token", LibString.toHexStringChecksummed(order.sellToken)),
                _attribute(",", "Buy token", LibString.toHexStringChecksummed(order.buyToken)),
                _attribute(",", "Price", texts.price),
                _attribute(",", "Remaining", texts.remaining),
                _attribute(",", "Available", texts.available),
                _attribute(",", "Expires", texts.expiry),
                _attribute(",", "Status", texts.status),
                _attribute(
                    ",",
                    "Partial fills",
                    order.terms & OrderFlags.ALL_OR_NONE == OrderFlags.ALL_OR_NONE ? "no" : "yes"
                )
            );
    }

    function _attribute(string memory name, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', name, '","value":"', value, '"}');
    }

    function _attribute(
        string memory before,
        string memory name,
        string memory value
    ) private pure returns (string memory) {
        return string.concat(before, _attribute(name, value));
    }

    function _expiryText(uint256 expiry) private pure returns (string memory) {
        if (expiry == type(uint32).max) return "never";
        (uint256 year, uint256 month, uint256 day, uint256 hour, uint256 minute, uint256 second) = DateTimeLib
            .timestampToDateTime(expiry);
        return
            string.concat(
                string.concat(LibString.toString(year), "-", _two(month), "-", _two(day)),
                string.concat(" ", _two(hour), ":", _two(minute), ":", _two(second), " UTC")
            );
    }

    function _two(uint256 number) private pure returns (string memory) {
        return string.concat(number < 10 ? "0" : "", LibString.toString(number));
    }

    function _statusText(IOrderTypes.FillStatus status) private pure returns (string memory) {
        if (status == IOrderTypes.FillStatus.Fillable) return "Open";
        if (status == IOrderTypes.FillStatus.Expired) return "Expired";
        if (status == IOrderTypes.FillStatus.Cancelled) return "Cancelled";
        if (status == IOrderTypes.FillStatus.Private) return "Private";
        if (status == IOrderTypes.FillStatus.NotReleased) return "Not released yet";
        // Too little of a released order for its minimum fill; nothing else is left for an order that exists.
        return "Waiting";
    }
}
