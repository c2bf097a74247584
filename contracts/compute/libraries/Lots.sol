// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Tokens that charged periods grant. A lot begins with its period and ends 90 days after that, and periods begin at
/// least 30 days apart: so usage of a period reaches its own lot and those of the two before it, and no others.
/// @dev Usage of a period and of the next one can be recorded in any order for some days. So that the end does not depend on
/// it, a lot remembers what the usage of its period took of older lots, and gives it back when older usage comes for it.
library Lots {
    /// @dev One word: a charged period, and its lot. `used` exceeds `granted` by overage only.
    struct Charge {
        uint40 startsAt;
        uint40 fee;
        uint56 granted;
        uint56 used;
        uint56 fromOlder;
    }

    /// @notice How long a lot lasts.
    uint256 internal constant LIFE = 90 days;
    /// @notice Of a lot, what may be used beyond all lots in its period: a tenth.
    uint256 internal constant OVERAGE_PART = 10;

    /// @dev Of how many older periods the lots can last into one.
    uint256 private constant _OLDER = 2;

    /// @notice What usage of period `number` finds at `time`, a moment of that period.
    /// @return inLots tokens in lots that last
    /// @return overage tokens beyond them
    function left(
        mapping(uint256 number => Charge) storage charges,
        uint256 number,
        uint256 time
    ) internal view returns (uint256 inLots, uint256 overage) {
        for (uint256 i = _oldest(number); i < number; ++i) inLots += _lasting(charges[i], time);
        Charge memory own = charges[number];
        uint256 inOwn = _rest(own);
        return (inLots + inOwn, _room(own) - inOwn);
    }

    /// @notice Takes `tokens` for usage of period `number` at `time`: of the oldest lot first, beyond all lots last.
    /// @return found `tokens` when they were taken; else what there is, and nothing is taken
    function take(
        mapping(uint256 number => Charge) storage charges,
        uint256 number,
        uint256 time,
        uint256 tokens
    ) internal returns (uint256 found) {
        (uint256 inLots, uint256 overage) = left(charges, number, time);
        if (tokens > inLots) {
            uint256 moved = _movable(charges[number + 1]);
            found = inLots + moved + overage;
            if (found < tokens) return found;
            if (moved > tokens - inLots) moved = tokens - inLots;
            if (moved != 0) _move(charges[number + 1], moved);
            found = tokens - moved;
        } else {
            found = tokens;
        }
        _draw(charges, number, time, found);
        return tokens;
    }

    function _draw(
        mapping(uint256 number => Charge) storage charges,
        uint256 number,
        uint256 time,
        uint256 tokens
    ) private {
        uint256 missing = tokens;
        for (uint256 i = _oldest(number); i < number && missing != 0; ++i) {
            uint256 taken = _lasting(charges[i], time);
            if (taken > missing) taken = missing;
            if (taken != 0) charges[i].used += uint56(taken);
            missing -= taken;
        }
        Charge memory own = charges[number];
        own.used += uint56(missing);
        own.fromOlder += uint56(tokens - missing);
        charges[number] = own;
    }

    /// @dev What usage of the period of `next` took of older lots, as far as its own lot can take it over.
    function _movable(Charge memory next) private pure returns (uint256 tokens) {
        tokens = _room(next);
        if (next.fromOlder < tokens) tokens = next.fromOlder;
    }

    /// @dev The older lots stay as used as they are: by the usage that came for them.
    function _move(Charge storage next, uint256 tokens) private {
        next.used += uint56(tokens);
        next.fromOlder -= uint56(tokens);
    }

    function _oldest(uint256 number) private pure returns (uint256) {
        return number > _OLDER ? number - _OLDER : 1;
    }

    function _lasting(Charge memory lot, uint256 time) private pure returns (uint256) {
        return lot.startsAt + LIFE > time ? _rest(lot) : 0;
    }

    function _rest(Charge memory lot) private pure returns (uint256) {
        return lot.used < lot.granted ? lot.granted - lot.used : 0;
    }

    /// @dev Rounded down.
    function _room(Charge memory lot) private pure returns (uint256) {
        return lot.granted + lot.granted / OVERAGE_PART - lot.used;
    }
}
