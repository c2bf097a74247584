// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What may stand where a pool or an oracle should: answers every call alike, and wrongly.
contract Impostor {
    /// @dev Nothing: an empty answer. Ones: words of ones only. Bomb: as long an answer as the gas allows.
    enum Mode {
        Nothing,
        Ones,
        Reverts,
        BurnsGas,
        Bomb
    }

    Mode private immutable MODE;

    error Refused();

    constructor(Mode mode) {
        MODE = mode;
    }

    fallback() external {
        if (MODE == Mode.Reverts) revert Refused();
        if (MODE == Mode.BurnsGas) {
            while (true) {}
        }
        if (MODE == Mode.Bomb) {
            assembly {
                return(0, 300000)
            }
        }
        if (MODE == Mode.Ones) {
            assembly {
                for {
                    let i := 0
                } lt(i, 512) {
                    i := add(i, 32)
                } {
                    mstore(i, not(0))
                }
                return(0, 512)
            }
        }
    }
}
