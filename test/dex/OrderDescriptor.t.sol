// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Base64} from "solady/src/utils/Base64.sol";
import {LibString} from "solady/src/utils/LibString.sol";

import {DecimalText} from "../../contracts/dex/libraries/DecimalText.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {TextToken} from "../mocks/TextToken.sol";
import {DexTest} from "./DexTest.sol";

/// @notice Orders as a wallet shows them.
contract OrderDescriptorTest is DexTest {
    uint256 private constant T0 = 1_800_000_000;
    string private constant JSON_PREFIX = "data:application/json;base64,";
    string private constant SVG_PREFIX = '"image":"data:image/svg+xml;base64,';

    // --------------------------------------------------------------------------------------------------- whole orders

    function test_tokenURI_tellsAnOrder() public {
        vm.prank(alice);
        uint256 id = book.create(
            address(weth),
            address(usdc),
            1.5 ether,
            price(3_123.456789e6, 1 ether),
            1_893_456_000,
            0
        );
        string memory json = jsonOf(book.tokenURI(id));
        assertHas(json, '"name":"Sell 1.5 WETH for USDC"', "name");
        assertHas(json, attribute("Sells", "WETH"), "sells");
        assertHas(json, attribute("Buys", "USDC"), "buys");
        assertHas(json, attribute("Sell token", LibString.toHexStringChecksummed(address(weth))), "sell token");
        assertHas(json, attribute("Buy token", LibString.toHexStringChecksummed(address(usdc))), "buy token");
        assertHas(json, attribute("Price", "3123.45678"), "price, nine digits, rounded down");
        assertHas(json, attribute("Remaining", "1.5"), "remaining");
        assertHas(json, attribute("Expires", "2030-01-01 00:00:00 UTC"), "expiry");
        assertHas(json, attribute("Status", "Open"), "status");
        assertHas(json, attribute("Partial fills", "yes"), "partial fills");

        string memory svg = svgOf(json);
        assertTrue(LibString.startsWith(svg, "<svg xmlns="), "an SVG");
        assertTrue(LibString.endsWith(svg, "</svg>"), "to its end");
        assertHas(svg, unicode">WETH → USDC<", "pair");
        assertHas(svg, ">3123.45678<", "price");
        assertHas(svg, ">USDC for one WETH<", "its unit");
        assertHas(svg, ">1.5<", "remaining");
        assertHas(svg, ">2030-01-01 00:00:00 UTC<", "expiry");
        assertHas(svg, ">Open<", "status");
        assertHas(svg, "No. 0 of 0x0000", "nonce and maker");
    }

    function test_tokenURI_followsTheOrder() public {
        uint256 id = createOrder(alice, usdc, weth, 3_000e6, price(1 ether, 3_000e6), uint16(OrderFlags.ALL_OR_NONE));
        assertHas(jsonOf(book.tokenURI(id)), attribute("Partial fills", "no"), "all or none");
        assertHas(jsonOf(book.tokenURI(id)), attribute("Expires", "never"), "never");
        assertHas(jsonOf(book.tokenURI(id)), attribute("Price", "0.000333333333"), "price");

        Price half = price(1 ether, 6_000e6);
        vm.prank(alice);
        book.amend(id, 1_000.5e6, half);
        assertHas(jsonOf(book.tokenURI(id)), attribute("Remaining", "1000.5"), "amended amount");
        assertHas(jsonOf(book.tokenURI(id)), attribute("Price", "0.000166666666"), "amended price");
        assertHas(svgOf(jsonOf(book.tokenURI(id))), ">1000.5<", "in the picture too");
    }

    function test_tokenURI_saysExpiredAtTheExpiry() public {
        vm.prank(alice);
        uint256 id = book.create(address(weth), address(usdc), 1, price(1, 1), uint32(T0 + 10), 0);
        vm.warp(T0 + 9);
        assertHas(jsonOf(book.tokenURI(id)), attribute("Status", "Open"), "before");
        vm.warp(T0 + 10);
        assertHas(jsonOf(book.tokenURI(id)), attribute("Status", "Expired"), "at");
    }

    function test_tokenURI_saysCancelledBelowTheEpoch() public {
        uint256 id = createOrder(alice, weth, usdc, 1, price(1, 1), 0);
        vm.prank(alice);
        book.raiseEpoch(1);
        assertHas(jsonOf(book.tokenURI(id)), attribute("Status", "Cancelled"), "cancelled");
    }

    function test_tokenURI_saysPrivate() public {
        IOrderTypes.NewOrder memory o = newOrder();
        o.privateTaker = bob;
        assertHas(jsonOf(book.tokenURI(createNew(o))), attribute("Status", "Private"), "private");
    }

    function test_tokenURI_followsARelease() public {
        IOrderTypes.NewOrder memory o = newOrder();
        o.releaseStart = uint40(T0 + 100);
        o.releaseEnd = uint40(T0 + 200);
        // A minimum fill of 2^58 units, about 0.29.
        o.terms = uint16(58 << OrderFlags.MIN_FILL_SHIFT);
        uint256 id = createNew(o);
        assertHas(jsonOf(book.tokenURI(id)), attribute("Status", "Not released yet"), "before");
        vm.warp(T0 + 101);
        assertHas(jsonOf(book.tokenURI(id)), attribute("Status", "Waiting"), "too little for a fill");
        vm.warp(T0 + 150);
        string memory json = jsonOf(book.tokenURI(id));
        assertHas(json, attribute("Status", "Open"), "halfway");
        assertHas(json, attribute("Remaining", "10"), "remaining");
        assertHas(json, attribute("Available", "5"), "available");
        assertHas(svgOf(json), ">WETH, of which 5 now<", "in the picture too");
    }

    // ------------------------------------------------------------------------------------------------ hostile tokens

    function test_tokenURI_escapesWhatATokenCallsItself() public {
        assertSymbol(text('A"b\\c'), 'A\\"b\\\\c', "A&quot;b\\c", "quotes and backslashes");
        assertSymbol(text("<script>al"), "<script>al", "&lt;script&gt;al", "tags");
        assertSymbol(text("'&<>"), "'&<>", "&#39;&amp;&lt;&gt;", "every character of XML");
        assertSymbol(text("a\n\r\t\x00\x1b\x7fz"), "a??????z", "a??????z", "control characters");
    }

    function test_tokenURI_showsNoLetterThatMisleads() public {
        assertSymbol(text(unicode"USD₮0"), unicode"USD₮0", unicode"USD₮0", "a currency sign passes");
        assertSymbol(text(unicode"⃏₠"), unicode"⃏₠", unicode"⃏₠", "the ends of their range");
        assertSymbol(text(unicode"A₟⃐"), "A??", "A??", "and their neighbours do not");
        // Cyrillic letters, a zero-width space, a switch of the direction of writing, an emoji.
        assertSymbol(text(unicode"UЅDС"), "U?D?", "U?D?", "letters that look like others");
        assertSymbol(text(hex"55e2808b53"), "U?S", "U?S", "invisible characters");
        assertSymbol(text(hex"55e280ae43"), "U?C", "U?C", "direction of writing");
        assertSymbol(text(unicode"a🚀b"), "a?b", "a?b", "a character of four bytes is one");
        assertSymbol(text(hex"41c0bc42ff"), "A?B?", "A?B?", "broken UTF-8");
        assertSymbol(text(hex"41e282"), "A?", "A?", "UTF-8 that ends early");
    }

    function test_tokenURI_cutsLongSymbols() public {
        assertSymbol(text("ABCDEFGHIJKL"), "ABCDEFGHIJKL", "ABCDEFGHIJKL", "twelve characters fit");
        assertSymbol(text("ABCDEFGHIJKLM"), unicode"ABCDEFGHIJKL…", unicode"ABCDEFGHIJKL…", "thirteen are cut");
        assertSymbol(
            text(bytes(LibString.repeat('<"', 500))),
            unicode'<\\"<\\"<\\"<\\"<\\"<\\"…',
            unicode"&lt;&quot;&lt;&quot;&lt;&quot;&lt;&quot;&lt;&quot;&lt;&quot;…",
            "1,000 characters are cut"
        );
        assertTitleSize(text("ABCDEFGHIJKL"), "34", "sixteen characters in two symbols");
        assertTitleSize(text("ABCDEFGHIJKLM"), "22", "more are drawn smaller");
        assertAddress(text(bytes(LibString.repeat('<"', 5_000))), "10,000 cost too much to read");
    }

    function test_tokenURI_readsOldTokens() public {
        assertSymbol(token(TextToken.Mode.Raw, abi.encode(bytes32("MKR"))), "MKR", "MKR", "bytes32");
        assertAddress(token(TextToken.Mode.Raw, ""), "no answer");
        assertAddress(token(TextToken.Mode.Raw, abi.encode(bytes32(0))), "empty bytes32");
        assertAddress(text(""), "empty text");
        assertAddress(text("   "), "blanks");
        assertAddress(text(hex"e2808be2808b"), "nothing that may be shown");
    }

    function test_tokenURI_survivesTokensThatFail() public {
        assertAddress(token(TextToken.Mode.Reverts, ""), "reverts");
        assertAddress(token(TextToken.Mode.BurnsGas, ""), "burns its gas");
        IOrderTypes.Order memory order = sample(address(0xDEAD), address(usdc));
        assertHas(jsonOf(descriptor.tokenURI(1, order)), unicode'"Sells","value":"0x0000…dEaD"', "has no code");
    }

    function test_tokenURI_boundsGasPerToken() public {
        TextToken burner = token(TextToken.Mode.BurnsGas, "");
        IOrderTypes.Order memory order = sample(address(burner), address(burner));
        uint256 before = gasleft();
        descriptor.tokenURI(1, order);
        assertLe(before - gasleft(), 1_200_000, "four calls of at most 100,000 each, and the drawing");
    }

    function test_tokenURI_ignoresDecimalsThatCannotBe() public {
        assertDecimals(abi.encode(uint256(36)), "1.5e-18", "36 are believed");
        assertDecimals(abi.encode(uint256(37)), "1.5e18", "37 are not");
        assertDecimals(abi.encode(type(uint256).max), "1.5e18", "nor 2^256 - 1");
        assertDecimals("", "1.5e18", "none at all");
        assertDecimals(hex"12", "1.5e18", "half an answer");
    }

    /// @dev Whatever a token answers, the result is valid: no raw quote or control character in the JSON's text, no
    /// raw angle bracket in the picture's.
    function testFuzz_tokenURI_isWellFormedForAnySymbol(bytes memory symbol, bool raw) public {
        TextToken hostile = token(raw ? TextToken.Mode.Raw : TextToken.Mode.Text, symbol);
        string memory json = jsonOf(descriptor.tokenURI(1, sample(address(hostile), address(usdc))));
        bytes memory value = bytes(between(json, '{"trait_type":"Sells","value":"', '"},{"trait_type":"Buys"'));
        for (uint256 i; i < value.length; ++i) {
            assertTrue(value[i] >= 0x20 && value[i] != 0x7f, "no control character");
            if (value[i] == "\\") {
                ++i;
                assertTrue(i < value.length && (value[i] == '"' || value[i] == "\\"), "an escape is complete");
            } else {
                assertTrue(value[i] != '"', "no bare quote");
            }
        }
        assertLe(value.length, 12 * 3 + 3, "bounded");
        bytes memory drawn = bytes(between(svgOf(json), 'fill="#fff">', unicode" → USDC"));
        for (uint256 i; i < drawn.length; ++i) {
            assertTrue(drawn[i] != "<" && drawn[i] != ">" && drawn[i] != '"' && drawn[i] != "'", "no bare markup");
        }
    }

    // ------------------------------------------------------------------------------------------------------- numbers

    function test_decimalText_writesAmounts() public pure {
        assertEq(DecimalText.toText(0, -18), "0", "zero");
        assertEq(DecimalText.toText(1, -18), "1e-18", "one unit of 18 decimals");
        assertEq(DecimalText.toText(1, -6), "0.000001", "one unit of 6 decimals");
        assertEq(DecimalText.toText(1, -9), "0.000000001", "the smallest in full");
        assertEq(DecimalText.toText(1, -10), "1e-10", "and the next");
        assertEq(DecimalText.toText(15, -10), "0.0000000015", "leading zeroes count, not digits");
        assertEq(DecimalText.toText(123, 0), "123", "no decimals");
        assertEq(DecimalText.toText(1_000, 0), "1000", "zeroes before the point stay");
        assertEq(DecimalText.toText(10 ether, -18), "10", "zeroes after it go");
        assertEq(DecimalText.toText(1_234_567_899 ether, -18), "1234567890", "cut to nine digits, down");
        assertEq(DecimalText.toText(1, 17), "100000000000000000", "eighteen digits in full");
        assertEq(DecimalText.toText(1, 18), "1e18", "and more not");
        assertEq(DecimalText.toText(123, 20), "1.23e22", "with a point");
        assertEq(DecimalText.toText(type(uint96).max, 0), "7.92281625e28", "the largest amount");
    }

    function test_decimalText_writesPricesAcrossDecimals() public pure {
        assertEq(DecimalText.toText(price(3_000e6, 1 ether), 18, 6), "3000", "18 for 6");
        assertEq(DecimalText.toText(price(1 ether, 3_000e6), 6, 18), "0.000333333333", "6 for 18");
        assertEq(DecimalText.toText(price(1, 1), 0, 0), "1", "0 for 0");
        assertEq(DecimalText.toText(price(1e27, 1), 0, 27), "1", "0 for 27");
        assertEq(DecimalText.toText(price(1, 1e27), 27, 0), "1", "27 for 0");
        assertEq(DecimalText.toText(price(12_345, 1e5), 0, 0), "0.12345", "a fraction");
        assertEq(DecimalText.toText(price(123_456_789_012, 1), 0, 0), "123456789000", "more than a thousand million");
        assertEq(DecimalText.toText(price(5e20, 1), 0, 0), "5e20", "just below 2^71");
        // 2^-120 and just below 2^136.
        assertEq(DecimalText.toText(Price.wrap(1 << 71), 0, 0), "7.52316384e-37", "the least price");
        assertEq(DecimalText.toText(Price.wrap(type(uint80).max), 0, 0), "8.71122859e40", "the greatest price");
        assertEq(DecimalText.toText(Price.wrap(type(uint80).max), 36, 0), "8.71122859e76", "with decimals on top");
        assertEq(DecimalText.toText(Price.wrap(1 << 71), 0, 36), "7.52316384e-73", "and below");
    }

    /// @dev What was typed with up to nine digits comes back, at every scale.
    function testFuzz_decimalText_givesBackWhatWasTyped(uint256 digits, uint256 scale) public pure {
        digits = bound(digits, 1, 999_999_999);
        scale = bound(scale, 0, 18);
        Price typed = price(digits, 10 ** scale);
        assertEq(
            DecimalText.toText(typed, 18, 18),
            DecimalText.toText(digits, -int256(scale)),
            "the price is the typed number"
        );
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function newOrder() private view returns (IOrderTypes.NewOrder memory o) {
        o.maker = alice;
        o.sellToken = address(weth);
        o.buyToken = address(usdc);
        o.sellAmount = 10 ether;
        o.price = price(3_000e6, 1 ether);
        o.expiry = NEVER;
    }

    function createNew(IOrderTypes.NewOrder memory o) private returns (uint256) {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = o;
        vm.prank(alice);
        return book.createMany(orders)[0];
    }

    function sample(address sells, address buys) private pure returns (IOrderTypes.Order memory order) {
        order.sellToken = sells;
        order.buyToken = buys;
        order.remaining = 1.5 ether;
        order.available = 1.5 ether;
        order.price = price(1, 1);
        order.expiry = NEVER;
    }

    function text(bytes memory symbol) private returns (TextToken) {
        return token(TextToken.Mode.Text, symbol);
    }

    function token(TextToken.Mode mode, bytes memory symbol) private returns (TextToken) {
        return new TextToken(mode, symbol, abi.encode(18));
    }

    function assertSymbol(
        TextToken hostile,
        string memory inJson,
        string memory inSvg,
        string memory message
    ) private view {
        string memory json = jsonOf(descriptor.tokenURI(1, sample(address(hostile), address(usdc))));
        assertHas(json, attribute("Sells", inJson), message);
        assertHas(svgOf(json), string.concat(">", inSvg, unicode" → USDC<"), message);
        json = jsonOf(descriptor.tokenURI(1, sample(address(usdc), address(hostile))));
        assertHas(json, attribute("Buys", inJson), message);
    }

    function assertTitleSize(TextToken odd, string memory size, string memory message) private view {
        string memory svg = svgOf(jsonOf(descriptor.tokenURI(1, sample(address(odd), address(usdc)))));
        assertHas(svg, string.concat('y="118" font-size="', size, '"'), message);
    }

    function assertAddress(TextToken hostile, string memory message) private view {
        string memory digits = LibString.toHexStringChecksummed(address(hostile));
        string memory short = string.concat(LibString.slice(digits, 0, 6), unicode"…", LibString.slice(digits, 38));
        assertSymbol(hostile, short, short, message);
    }

    function assertDecimals(bytes memory answer, string memory remaining, string memory message) private {
        TextToken odd = new TextToken(TextToken.Mode.Text, "ODD", answer);
        string memory json = jsonOf(descriptor.tokenURI(1, sample(address(odd), address(usdc))));
        assertHas(json, attribute("Remaining", remaining), message);
    }

    function attribute(string memory name, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', name, '","value":"', value, '"}');
    }

    function assertHas(string memory whole, string memory part, string memory message) private pure {
        if (!LibString.contains(whole, part)) revert UnequalString(message, whole, part);
    }

    function jsonOf(string memory uri) private pure returns (string memory) {
        assertTrue(LibString.startsWith(uri, JSON_PREFIX), "a data URI");
        return string(Base64.decode(LibString.slice(uri, bytes(JSON_PREFIX).length)));
    }

    function svgOf(string memory json) private pure returns (string memory) {
        return string(Base64.decode(between(json, SVG_PREFIX, '"')));
    }

    function between(string memory whole, string memory start, string memory end) private pure returns (string memory) {
        uint256 from = LibString.indexOf(whole, start) + bytes(start).length;
        return LibString.slice(whole, from, LibString.indexOf(whole, end, from));
    }
}
