// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What an account implements to be told of token movements, as ERC-777 tells.
interface ITokenHook {
    function onTokenMoved(address from, address to, uint256 amount) external;
}

/// @notice An ERC-20 that misbehaves as it is told: every oddity that live tokens are known for, and a few more.
contract HostileToken {
    /// @dev How `transfer` (push) or `transferFrom` (pull) answers.
    enum Mode {
        Honest,
        NoReturn,
        FalseUnmoved,
        FalseMoved,
        TrueUnmoved,
        Reverts,
        ReturnBomb,
        RevertBomb,
        BurnsGas
    }

    uint256 private constant ONE = 1e18;
    uint256 private constant BOMB = 200_000;

    uint8 public immutable decimals;
    uint256 public totalShares;
    /// @dev Units per share, 1e18: a rebase changes every balance at once.
    uint256 public index = ONE;
    Mode public pushMode;
    Mode public pullMode;
    uint256 public feeBps;
    bool public paused;
    address public alias_;
    mapping(address => uint256) public shares;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public blocked;
    mapping(address => bool) public hooked;

    event Transfer(address indexed from, address indexed to, uint256 amount);

    error Refused();

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function setModes(Mode push, Mode pull) external {
        (pushMode, pullMode) = (push, pull);
    }

    function setFee(uint256 bps) external {
        feeBps = bps;
    }

    function setPaused(bool on) external {
        paused = on;
    }

    function setBlocked(address account, bool on) external {
        blocked[account] = on;
    }

    /// @notice Has `account` told of what it sends and receives.
    function setHooked(address account, bool on) external {
        hooked[account] = on;
    }

    /// @notice A rebase: every balance becomes `newIndex` / 1e18 of its shares.
    function rebase(uint256 newIndex) external {
        index = newIndex;
    }

    /// @notice Lets `other` act as a second entry to the same balances.
    function setAlias(address other) external {
        alias_ = other;
    }

    function mint(address to, uint256 amount) external {
        shares[to] += (amount * ONE) / index;
        emit Transfer(address(0), to, amount);
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function approveFor(address owner, address spender, uint256 amount) external {
        if (msg.sender != alias_) revert Refused();
        allowance[owner][spender] = amount;
    }

    function balanceOf(address account) public view returns (uint256) {
        return (shares[account] * index) / ONE;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _run(pushMode, msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, msg.sender, amount);
        _run(pullMode, from, to, amount);
        return true;
    }

    function transferFor(address caller, address to, uint256 amount) external {
        if (msg.sender != alias_) revert Refused();
        _move(caller, to, amount);
    }

    function transferFromFor(address caller, address from, address to, uint256 amount) external {
        if (msg.sender != alias_) revert Refused();
        _spend(from, caller, amount);
        _move(from, to, amount);
    }

    function _spend(address owner, address spender, uint256 amount) private {
        uint256 allowed = allowance[owner][spender];
        if (allowed != type(uint256).max) allowance[owner][spender] = allowed - amount;
    }

    function _run(Mode mode, address from, address to, uint256 amount) private {
        if (mode == Mode.Reverts) revert Refused();
        if (mode == Mode.BurnsGas) {
            while (gasleft() != 0) {}
        }
        if (mode == Mode.RevertBomb) {
            assembly {
                revert(0, BOMB)
            }
        }
        if (mode != Mode.FalseUnmoved && mode != Mode.TrueUnmoved) _move(from, to, amount);
        if (mode == Mode.NoReturn) {
            assembly {
                return(0, 0)
            }
        }
        if (mode == Mode.FalseUnmoved || mode == Mode.FalseMoved) {
            assembly {
                mstore(0, 0)
                return(0, 32)
            }
        }
        if (mode == Mode.ReturnBomb) {
            assembly {
                mstore(0, 1)
                return(0, BOMB)
            }
        }
    }

    function _move(address from, address to, uint256 amount) private {
        if (paused || blocked[from] || blocked[to]) revert Refused();
        if (hooked[from]) ITokenHook(from).onTokenMoved(from, to, amount);
        uint256 moved = (amount * ONE) / index;
        shares[from] -= moved;
        shares[to] += moved - (moved * feeBps) / 10_000;
        emit Transfer(from, to, amount);
        if (hooked[to]) ITokenHook(to).onTokenMoved(from, to, amount);
    }
}
