// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice An ERC-20's metadata, in every way that it can be wrong.
contract TextToken {
    enum Mode {
        Text,
        Raw,
        Reverts,
        BurnsGas
    }

    Mode public mode;
    bytes private _symbol;
    bytes private _decimals;

    error Refused();

    /// @param symbol_ text in mode `Text`, the bare return data in mode `Raw`
    /// @param decimals_ the bare return data
    constructor(Mode mode_, bytes memory symbol_, bytes memory decimals_) {
        (mode, _symbol, _decimals) = (mode_, symbol_, decimals_);
    }

    function symbol() external view {
        _misbehave();
        _return(mode == Mode.Text ? abi.encode(_symbol) : _symbol);
    }

    function decimals() external view {
        _misbehave();
        _return(_decimals);
    }

    function _misbehave() private view {
        if (mode == Mode.Reverts) revert Refused();
        if (mode == Mode.BurnsGas) {
            while (gasleft() != 0) {}
        }
    }

    function _return(bytes memory data) private pure {
        assembly {
            return(add(data, 0x20), mload(data))
        }
    }
}
