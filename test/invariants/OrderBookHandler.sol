// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Price} from "../../contracts/libraries/Price.sol";
import {BookActor} from "../mocks/BookActor.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {OrderBookTrades} from "./OrderBookTrades.sol";

/// @notice All actions on an order book, by honest and hostile actors: what a fuzzer calls in any order.
/// @dev Time moves through `_warp`, which a fuzzer with a clock of its own leaves empty.
abstract contract OrderBookHandler is OrderBookTrades {
    uint256 private constant MAX_PROGRAMS = 8;
    uint256 private _programs;

    function _warp(uint256 to) internal virtual;

    // ------------------------------------------------------------------------------------------------ ending and amending

    function cancel(uint256 who, uint256 idSeed) external {
        if (_ids.length == 0) return;
        uint256 id = _anyId(idSeed);
        Ghost storage ghost = _ghosts[id];
        BookActor actor = who % 2 == 0 && !ghost.ended ? BookActor(ghost.owner) : _actors[(who >> 8) % ACTORS];
        bool allowed = !ghost.ended && (_mayAct(id, address(actor)) || _isExpired(id) || _isBelowEpoch(id));
        uint256 wealth = _wealth(ghost.owner, ghost.sellToken);

        (bool success, ) = actor.attempt(address(book), abi.encodeCall(book.cancel, (id)));
        _check(success == allowed, 7, "cancelled by who may not, or refused to who may");
        if (!success) return;
        _cancelled(id, wealth);
        ++done["cancel"];
    }

    function cancelMany(uint256 who, uint256 idSeed) external {
        if (_ids.length == 0) return;
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (_anyId(idSeed), _anyId(idSeed >> 64));
        BookActor actor = _maker(who);
        (bool success, bytes memory result) = actor.attempt(address(book), abi.encodeCall(book.cancelMany, (ids)));
        _check(success, 7, "a batch of cancellations was refused");
        uint256 ended;
        for (uint256 i; i < 2; ++i) {
            Ghost storage ghost = _ghosts[ids[i]];
            bool allowed = _mayAct(ids[i], address(actor)) || _isExpired(ids[i]) || _isBelowEpoch(ids[i]);
            if (ghost.ended || !allowed) continue;
            ghost.paidBack += _remaining(ghost);
            _end(ghost);
            ++ended;
        }
        _check(abi.decode(result, (uint256)) == ended, 7, "a batch ended other orders than it may");
        done["cancelMany"] += ended;
    }

    /// @dev By signature of a contract's own kind; the same one again must be refused.
    function cancelSigned(uint256 idSeed, uint256 deadline) external {
        if (_ids.length == 0) return;
        uint256[] memory ids = new uint256[](1);
        ids[0] = _anyId(idSeed);
        Ghost storage ghost = _ghosts[ids[0]];
        if (ghost.ended) return;
        BookActor owner = BookActor(ghost.owner);
        deadline = block.timestamp + (deadline % 100);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Cancel(address owner,uint256[] ids,uint256 nonce,uint256 deadline)"),
                address(owner),
                keccak256(abi.encodePacked(ids)),
                book.signatureNonce(address(owner)),
                deadline
            )
        );
        bytes memory call_ = abi.encodeCall(book.cancelWithSignature, (address(owner), ids, deadline, ""));
        uint256 wealth = _wealth(address(owner), ghost.sellToken);

        (bool early, ) = _actors[ACTORS - 1].attempt(address(book), call_);
        _check(!early, 12, "cancelled without a signature");
        owner.sign(keccak256(abi.encodePacked(hex"1901", book.DOMAIN_SEPARATOR(), structHash)));
        (bool success, ) = _actors[ACTORS - 1].attempt(address(book), call_);
        _check(success, 12, "a valid signature was refused");
        if (!success) return;
        _cancelled(ids[0], wealth);
        (bool again, ) = _actors[ACTORS - 1].attempt(address(book), call_);
        _check(!again, 12, "a signature held twice");
        ++done["cancelSigned"];
    }

    function _cancelled(uint256 id, uint256 wealth) private {
        Ghost storage ghost = _ghosts[id];
        uint256 refund = _remaining(ghost);
        ghost.paidBack += refund;
        _end(ghost);
        _check(_wealth(ghost.owner, ghost.sellToken) == wealth + refund, 7, "the refund is not the owner's");
    }

    function amend(uint256 who, uint256 idSeed, uint256 amount, uint256 price) external {
        if (_ids.length == 0) return;
        uint256 id = _anyId(idSeed);
        Ghost storage ghost = _ghosts[id];
        BookActor actor = who % 4 != 0 && !ghost.ended ? BookActor(ghost.owner) : _actors[(who >> 8) % ACTORS];
        uint256 remaining = _remaining(ghost);
        uint256 next = amount % 3 == 0 ? remaining : _amount(amount);
        Price at = price % 3 == 0 ? ghost.price : _price(price);

        (bool success, ) = actor.attempt(address(book), abi.encodeCall(book.amend, (id, next, at)));
        bool allowed = !ghost.ended && !_isExpired(id) && !_isBelowEpoch(id) && _mayAct(id, address(actor));
        if (!allowed) _check(!success, 7, "amended by who may not, or after the end");
        if (next > remaining && block.timestamp < book.pausedUntil()) {
            _check(!success, 7, "an amount rose during a pause");
        }
        if (!success) return;
        if (next > remaining) ghost.paidIn += next - remaining;
        else ghost.paidBack += remaining - next;
        if (Price.unwrap(at) != Price.unwrap(ghost.price)) {
            (ghost.price, ghost.soldAtPrice, ghost.paidAtPrice, ghost.fillsAtPrice) = (at, 0, 0, 0);
        }
        ++done["amend"];
    }

    function raiseEpoch(uint256 who, uint256 epoch) external {
        BookActor maker = _maker(who);
        (uint256 next, uint256 current) = book.nonces(address(maker));
        _check(
            next == _nonces[address(maker)] && current == _epochs[address(maker)],
            5,
            "nonce or epoch moved unasked"
        );
        uint256 to = epoch % 4 == 0 ? next : current + (epoch % 3);
        (bool success, ) = maker.attempt(address(book), abi.encodeCall(book.raiseEpoch, (to)));
        _check(success == (to > current && to <= next), 5, "an epoch that does not rise, or runs ahead");
        if (!success) return;
        _epochs[address(maker)] = to;
        ++done["raiseEpoch"];
    }

    // ------------------------------------------------------------------------------------------------------- as a token

    function transfer(uint256 who, uint256 idSeed, uint256 to) external {
        if (_ids.length == 0) return;
        uint256 id = _anyId(idSeed);
        Ghost storage ghost = _ghosts[id];
        BookActor actor = who % 3 != 0 && !ghost.ended ? BookActor(ghost.owner) : _actors[(who >> 8) % ACTORS];
        address receiver = address(_actors[to % ACTORS]);
        bool allowed = !ghost.ended && !_isBelowEpoch(id) && _mayAct(id, address(actor));
        (bool success, ) = actor.attempt(address(book), abi.encodeCall(book.transferFrom, (ghost.owner, receiver, id)));
        _check(success == allowed, 7, "moved by who may not, or refused to who may");
        if (!success) return;
        (ghost.owner, ghost.approved, ghost.transferred) = (receiver, address(0), true);
        ++done["transfer"];
    }

    function approve(uint256 who, uint256 idSeed, uint256 spender) external {
        if (_ids.length == 0) return;
        uint256 id = _anyId(idSeed);
        Ghost storage ghost = _ghosts[id];
        BookActor actor = who % 3 != 0 && !ghost.ended ? BookActor(ghost.owner) : _actors[(who >> 8) % ACTORS];
        address to = spender % 4 == 0 ? address(0) : address(_actors[(spender >> 8) % ACTORS]);
        bool allowed = !ghost.ended && (address(actor) == ghost.owner || _operators[ghost.owner][address(actor)]);
        (bool success, ) = actor.attempt(address(book), abi.encodeCall(book.approve, (to, id)));
        _check(success == allowed, 7, "approved by who may not, or refused to who may");
        if (!success) return;
        ghost.approved = to;
        ++done["approve"];
    }

    function setOperator(uint256 who, uint256 operator, bool on) external {
        BookActor owner = _maker(who);
        address to = address(_actors[operator % ACTORS]);
        owner.execute(address(book), abi.encodeCall(book.setApprovalForAll, (to, on)));
        _operators[address(owner)][to] = on;
        ++done["setOperator"];
    }

    // ------------------------------------------------------------------------------------------------------------ money

    function withdrawCredit(uint256 who, uint256 token) external {
        address t = _tokens[token % _tokens.length];
        for (uint256 i; i < ACTORS; ++i) {
            BookActor actor = _actors[((who % ACTORS) + i) % ACTORS];
            uint256 credit = book.creditOf(address(actor), t);
            if (credit == 0) continue;
            uint256 before = _wealth(address(actor), t);
            (bool success, ) = actor.attempt(address(book), abi.encodeCall(book.withdrawCredit, (t, address(actor))));
            _check(_wealth(address(actor), t) == before, 1, "a withdrawal changed what an account has");
            if (success) ++done["withdrawCredit"];
        }
    }

    function sweepFees(uint256 token) external {
        address t = _tokens[token % _tokens.length];
        uint256 fees = book.accruedFees(t);
        uint256 before = IERC20(t).balanceOf(book.feeCollector());
        try book.sweepFees(t) returns (uint256 amount) {
            _check(amount == fees && IERC20(t).balanceOf(book.feeCollector()) == before + fees, 1, "fees went astray");
            ++done["sweepFees"];
        } catch {
            _check(fees == 0 || !_isCalm(t, address(book), book.feeCollector()), 1, "fees could not be swept");
        }
    }

    // --------------------------------------------------------------------------------------------------- the world around

    function setFee(uint256 fee) external {
        book.setTakerFee(fee % 3_001);
        ++done["setFee"];
    }

    function pause(uint256 duration) external {
        if (duration % 3 == 0 && block.timestamp < book.pausedUntil()) {
            book.unpause();
            ++done["unpause"];
        } else if (block.timestamp >= book.pauseAllowedAt()) {
            book.pause(1 + (duration % 1 days));
            ++done["pause"];
        }
    }

    function warp(uint256 by) external {
        _warp(block.timestamp + (by % 2 == 0 ? by % 600 : by % 2 days));
        ++done["warp"];
    }

    /// @dev The hostile token changes its ways; every other time it is honest again.
    function misbehave(uint256 seed) external {
        HostileToken.Mode[4] memory modes = [
            HostileToken.Mode.Honest,
            HostileToken.Mode.NoReturn,
            HostileToken.Mode.FalseUnmoved,
            HostileToken.Mode.Reverts
        ];
        bool honest = seed % 2 == 0;
        _hostile.setModes(
            honest ? HostileToken.Mode.Honest : modes[(seed >> 8) % 4],
            honest ? HostileToken.Mode.Honest : modes[(seed >> 16) % 4]
        );
        _hostile.setPaused(!honest && (seed >> 24) % 8 == 0);
        for (uint256 i; i < ACTORS; ++i) _hostile.setBlocked(address(_actors[i]), (seed >> (32 + i)) % 5 == 0);
        ++done["misbehave"];
    }

    /// @dev An actor is told of the hostile token's movements from now on, and then tries to use the book.
    function program(uint256 who, uint256 idSeed) external {
        if (_ids.length == 0 || _programs == MAX_PROGRAMS) return;
        ++_programs;
        BookActor actor = _actors[who % ACTORS];
        uint256 id = _anyId(idSeed);
        _hostile.setHooked(address(actor), true);
        actor.program(address(book), abi.encodeCall(book.cancel, (id)));
        actor.program(address(book), abi.encodeCall(book.fill, (id, 1, type(uint256).max)));
        actor.program(
            address(book),
            abi.encodeCall(book.create, (_tokens[0], _tokens[1], 1, _price(100), uint32(NEVER), 0))
        );
        ++done["program"];
    }
}
