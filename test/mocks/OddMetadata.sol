// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that says odd things of itself, or nothing.
contract OddMetadata is ERC20 {
    enum Oddity {
        Bytes32,
        Reverts,
        Loops,
        Long,
        ControlCharacters,
        HugeDecimals
    }

    Oddity private immutable _ODDITY;

    constructor(Oddity oddity) ERC20("Odd", "ODD") {
        _ODDITY = oddity;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function symbol() public view override returns (string memory) {
        if (_ODDITY == Oddity.Bytes32) {
            assembly {
                mstore(0x00, "MKR")
                return(0x00, 0x20)
            }
        }
        if (_ODDITY == Oddity.Reverts) revert("no symbol");
        if (_ODDITY == Oddity.Loops) while (true) {}
        if (_ODDITY == Oddity.Long) return string(new bytes(200_000));
        if (_ODDITY == Oddity.ControlCharacters) return "A\x00B\x1b[31m\tC\\";
        return "BIG";
    }

    function decimals() public view override returns (uint8) {
        if (_ODDITY == Oddity.HugeDecimals) {
            assembly {
                mstore(0x00, not(0))
                return(0x00, 0x20)
            }
        }
        if (_ODDITY == Oddity.Loops) while (true) {}
        return 18;
    }
}
